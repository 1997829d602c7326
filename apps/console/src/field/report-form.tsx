import type { WorkOrderDetail } from '@sc/contracts';
import { Button, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lacksAnswers } from './expected.js';
import { stepForm } from './drafts-of.js';
import { TakePhotos, type TakenPhoto } from './take-photos.js';
import { useDraft } from './use-draft.js';
import { VoiceNote } from './voice-note.js';

interface Props {
  order: Pick<WorkOrderDetail, 'id' | 'proof' | 'checklist'>;
  action: 'report' | 'self-handled';
  /** A photo of before is there or on its way. */
  hasBefore: boolean;
  busy: boolean;
  onSend: (note: string, photos: TakenPhoto[]) => Promise<void>;
}

/** With a voice note ten, as many as a step may name. */
const mostAfter = 6;
const mostBefore = 3;

/** What was found and done, with the proof that its kind of work asks for. */
export function ReportForm({ order, action, hasBefore, busy, onSend }: Props) {
  const { t } = useTranslation('field');
  const { proof } = order;
  const form = stepForm(order.id, action);
  const [note, setNote] = useDraft(form, 'note', '');
  const [before, setBefore] = useDraft<TakenPhoto[]>(form, 'before', []);
  const [after, setAfter] = useDraft<TakenPhoto[]>(form, 'after', []);
  const [voice, setVoice] = useDraft<Blob | undefined>(form, 'voice', undefined);
  const [reading, setReading] = useState(false);
  const [tried, setTried] = useState(false);
  const both = proof === 'before-and-after';

  const missing = whatIsMissing();
  function whatIsMissing(): string | undefined {
    if (note.trim() === '') return t('noteNeeded');
    if (lacksAnswers(order)) return t('answersNeeded');
    if (both && !hasBefore && before.length === 0) return t('beforeNeeded');
    if (proof !== 'none' && after.length === 0) return t(both ? 'afterNeeded' : 'photoNeeded');
    return undefined;
  }
  const send = () => {
    setTried(true);
    const photos = [...before, ...after];
    if (!missing && !busy) void onSend(note.trim(), voice ? [...photos, { blob: voice, kind: 'voice' }] : photos);
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
        onChange={(words) => setNote(() => words)}
      />
      {both && !hasBefore && (
        <TakePhotos
          kind="before"
          label={t('before')}
          photos={before}
          most={mostBefore}
          onChange={setBefore}
          onReading={setReading}
        />
      )}
      <TakePhotos
        kind="after"
        label={both ? t('after') : undefined}
        photos={after}
        most={both ? mostAfter : mostAfter + mostBefore}
        onChange={setAfter}
        onReading={setReading}
      />
      <VoiceNote voice={voice} onChange={(made) => setVoice(() => made)} />
      <div className="field-missing" role="alert">
        {tried && missing}
      </div>
      <Button block color="primary" size="large" loading={busy} disabled={reading} onClick={send}>
        {t('sendReport')}
      </Button>
    </div>
  );
}
