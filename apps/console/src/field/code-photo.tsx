import { useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { openReader } from './code-reader.js';

/** Enough to read a code that fills a tenth of the picture; a phone's whole picture takes it seconds. */
const longestSides = [1_000, 2_000];

/** The last resort: a photo of the code, taken by the phone's own camera. */
export default function CodePhoto({ onCode }: { onCode: (code: string) => boolean }) {
  const { t } = useTranslation('field');
  const [state, setState] = useState<'ready' | 'reading' | 'nothing' | 'failed'>('ready');
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = '';
    if (!file) return;
    setState('reading');
    try {
      const codes = await codesIn(file);
      // What is none of ours is said by who was asked.
      if (codes.length === 0) setState('nothing');
      else if (!codes.some(onCode)) setState('ready');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <label className="field-button field-code-photo" aria-busy={state === 'reading'}>
        {t(state === 'reading' ? 'scanReading' : 'scanPhoto')}
        <input type="file" accept="image/*" capture="environment" onChange={(event) => void read(event)} />
      </label>
      <p className="muted" role="status">
        {state === 'nothing' && t('scanPhotoNothing')}
        {state === 'failed' && t('scanReaderAbsent')}
      </p>
    </>
  );
}

async function codesIn(file: Blob): Promise<string[]> {
  const reader = await openReader();
  for (const longest of longestSides) {
    const picture = await smaller(file, longest);
    const codes = await reader.detect(picture).finally(() => picture.close());
    if (codes.length > 0) return codes.map(({ rawValue }) => rawValue);
  }
  return [];
}

async function smaller(file: Blob, longest: number): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
  if (Math.max(whole.width, whole.height) <= longest) return whole;
  const side = whole.width > whole.height ? { resizeWidth: longest } : { resizeHeight: longest };
  return createImageBitmap(whole, { ...side, resizeQuality: 'medium' }).finally(() => whole.close());
}
