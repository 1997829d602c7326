import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { useVoiceRecorder } from '../lib/use-voice-recorder.js';

/** The platform takes five minutes; who needs more says it in two. */
const longestMs = 5 * 60_000 - 5_000;

/** Records one voice note, plays it, forgets it. Without a microphone or its permission it says so, and the report goes without. */
export function VoiceNote({
  voice,
  onChange,
}: {
  voice: Blob | undefined;
  onChange: (voice: Blob | undefined) => void;
}) {
  const { t } = useTranslation('field');
  const { state, url, record, stop } = useVoiceRecorder(
    voice,
    (recorded) => onChange(new File([recorded], 'voice', { type: recorded.type })),
    longestMs,
  );

  return (
    <div className="field-voice">
      {url ? (
        <>
          <audio controls src={url} aria-label={t('voiceNote')} />
          <Button size="small" onClick={() => onChange(undefined)}>
            {t('voiceRemove')}
          </Button>
        </>
      ) : state === 'recording' ? (
        <Button block color="danger" onClick={stop}>
          {t('voiceStop')}
        </Button>
      ) : (
        <Button block loading={state === 'asking'} onClick={() => void record()}>
          {t('voiceRecord')}
        </Button>
      )}
      <p className="muted" role="status">
        {state === 'recording' && t('voiceRunning')}
        {state === 'refused' && t('voiceRefused')}
        {state === 'absent' && t('voiceAbsent')}
      </p>
    </div>
  );
}
