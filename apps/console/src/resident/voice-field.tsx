import { useVoiceRecorder } from '../lib/use-voice-recorder.js';
import { longestVoiceMs } from './limits.js';
import { useSettings } from './settings.js';

export function VoiceField({
  voice,
  onChange,
}: {
  voice: Blob | undefined;
  onChange: (voice: Blob | undefined) => void;
}) {
  const { w } = useSettings();
  const { state, url, record, stop } = useVoiceRecorder(voice, onChange, longestVoiceMs);
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
        <button type="button" className="recording" onClick={stop}>
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
