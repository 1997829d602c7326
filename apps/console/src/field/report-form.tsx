import { Button, TextArea, Toast } from 'antd-mobile';
import { CameraOutline } from 'antd-mobile-icons';
import { useEffect, useMemo, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { shrinkPhoto } from './photo.js';
import { VoiceNote } from './voice-note.js';

interface Props {
  photoRequired: boolean;
  busy: boolean;
  onSend: (note: string, photos: Blob[]) => Promise<void>;
}

/** With a voice note ten, as many as a step may name. */
const mostPhotos = 9;

export function ReportForm({ photoRequired, busy, onSend }: Props) {
  const { t } = useTranslation('field');
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<Blob[]>([]);
  const [voice, setVoice] = useState<Blob>();
  const [reading, setReading] = useState(false);
  const [tried, setTried] = useState(false);
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);

  const missing =
    note.trim() === '' ? t('noteNeeded') : photoRequired && photos.length === 0 ? t('photoNeeded') : undefined;
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = '';
    setReading(true);
    for (const file of files) {
      try {
        const small = await shrinkPhoto(file);
        // The moment at which it was taken stays with it while it waits for the network.
        const taken = new File([small], 'photo', { type: small.type, lastModified: Date.now() });
        setPhotos((old) => [...old, taken].slice(0, mostPhotos));
      } catch {
        Toast.show({ icon: 'fail', content: t('photoFailed') });
      }
    }
    setReading(false);
  };
  const send = () => {
    setTried(true);
    if (!missing && !busy) void onSend(note.trim(), voice ? [...photos, voice] : photos);
  };

  return (
    <div className="field-report">
      <label htmlFor="report-note">{t('reportTitle')}</label>
      <TextArea
        id="report-note"
        rows={3}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={2000}
        placeholder={t('reportPlaceholder')}
        value={note}
        onChange={setNote}
      />
      <div className="field-photos">
        {urls.map((url, index) => (
          <span key={url} className="field-photo">
            <img src={url} alt={t('photoAlt', { n: index + 1 })} />
            <button
              type="button"
              aria-label={`${t('removePhoto')} ${index + 1}`}
              onClick={() => setPhotos((old) => old.filter((_, i) => i !== index))}
            >
              ×
            </button>
          </span>
        ))}
        {photos.length < mostPhotos && (
          <label className={`field-camera ${reading ? 'field-camera-busy' : ''}`}>
            <CameraOutline fontSize={28} aria-hidden />
            <span>{t('addPhoto')}</span>
            <input type="file" accept="image/*" capture="environment" onChange={(event) => void take(event)} />
          </label>
        )}
      </div>
      <VoiceNote voice={voice} onChange={setVoice} />
      <div className="field-missing" role="alert">
        {tried && missing}
      </div>
      <Button block color="primary" size="large" loading={busy} disabled={reading} onClick={send}>
        {t('sendReport')}
      </Button>
    </div>
  );
}
