import { useEffect, useMemo, useRef, useState } from 'react';
import { longestVoiceMs } from './limits.js';
import { useSettings } from './settings.js';

/** What the platform reads, the smaller first; Safari knows only the last. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
type State = 'idle' | 'recording' | 'refused' | 'absent';

export function VoiceField({
  voice,
  onChange,
}: {
  voice: Blob | undefined;
  onChange: (voice: Blob | undefined) => void;
}) {
  const { w } = useSettings();
  const [state, setState] = useState<State>('idle');
  const recorder = useRef<MediaRecorder>(undefined);
  const url = useMemo(() => voice && URL.createObjectURL(voice), [voice]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  // A page that goes away leaves no open microphone.
  useEffect(() => () => stop(recorder.current), []);
  const record = async () => {
    const mimeType =
      typeof MediaRecorder === 'undefined' || !navigator.mediaDevices
        ? undefined
        : types.find((type) => MediaRecorder.isTypeSupported(type));
    if (!mimeType) return setState('absent');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts: Blob[] = [];
      const made = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
      recorder.current = made;
      const limit = setTimeout(() => stop(made), longestVoiceMs);
      made.ondataavailable = ({ data }) => parts.push(data);
      made.onstop = () => {
        clearTimeout(limit);
        for (const track of stream.getTracks()) track.stop();
        onChange(new Blob(parts, { type: mimeType }));
        setState('idle');
      };
      made.start();
      setState('recording');
    } catch (error) {
      setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'absent');
    }
  };
  return (
    <div className="field" role="group" aria-label={w.voice}>
      <span className="label">{w.voice}</span>
      {url ? (
        <>
          <audio controls src={url} aria-label={w.voice} />
          <button type="button" onClick={() => onChange(undefined)}>
            {w.voiceRemove}
          </button>
        </>
      ) : state === 'recording' ? (
        <button type="button" className="recording" onClick={() => stop(recorder.current)}>
          ● {w.voiceStop}
        </button>
      ) : (
        <button type="button" onClick={() => void record()}>
          {w.voiceRecord}
        </button>
      )}
      <small role="status">
        {state === 'recording' && w.voiceRunning}
        {state === 'refused' && w.voiceRefused}
        {state === 'absent' && w.voiceAbsent}
      </small>
    </div>
  );
}

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder?.state === 'recording') recorder.stop();
}
