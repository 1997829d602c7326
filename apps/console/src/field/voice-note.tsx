import { Button } from 'antd-mobile';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The platform takes five minutes; who needs more says it in two. */
const longestMs = 5 * 60_000 - 5_000;
/** What the platform reads, the smaller first; Safari knows only the last. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

type State = 'idle' | 'asking' | 'recording' | 'refused' | 'absent';
const supported = () =>
  typeof MediaRecorder === 'undefined' || !navigator.mediaDevices
    ? undefined
    : types.find((type) => MediaRecorder.isTypeSupported(type));

/** Records one voice note, plays it, forgets it. Without a microphone or its permission it says so, and the report goes without. */
export function VoiceNote({
  voice,
  onChange,
}: {
  voice: Blob | undefined;
  onChange: (voice: Blob | undefined) => void;
}) {
  const { t } = useTranslation('field');
  const [state, setState] = useState<State>('idle');
  const recorder = useRef<MediaRecorder>(undefined);
  const url = useMemo(() => voice && URL.createObjectURL(voice), [voice]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  // A form that goes away leaves no open microphone.
  useEffect(() => () => stop(recorder.current), []);

  const record = async () => {
    const mimeType = supported();
    if (!mimeType) return setState('absent');
    setState('asking');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts: Blob[] = [];
      const made = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
      recorder.current = made;
      const limit = setTimeout(() => stop(made), longestMs);
      made.ondataavailable = ({ data }) => parts.push(data);
      made.onstop = () => {
        clearTimeout(limit);
        for (const track of stream.getTracks()) track.stop();
        onChange(new File(parts, 'voice', { type: mimeType }));
        setState('idle');
      };
      made.start();
      setState('recording');
    } catch (error) {
      setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'absent');
    }
  };

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
        <Button block color="danger" onClick={() => stop(recorder.current)}>
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

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder?.state === 'recording') recorder.stop();
}
