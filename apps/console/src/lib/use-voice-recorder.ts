import { useEffect, useMemo, useRef, useState } from 'react';

/** What the platform reads, the smaller first; Safari knows only the last. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

/** `refused`: the person or the browser keeps the microphone; `absent`: there is none, or nothing the platform reads can be recorded. */
type State = 'idle' | 'asking' | 'recording' | 'refused' | 'absent';

/** Records one voice note, at most `longestMs` of it, and gives an address to play it by. A page that goes away leaves no open microphone. */
export function useVoiceRecorder(
  voice: Blob | undefined,
  onRecorded: (voice: Blob) => void,
  longestMs: number,
): { state: State; url: string | undefined; record: () => Promise<void>; stop: () => void } {
  const [state, setState] = useState<State>('idle');
  const recorder = useRef<MediaRecorder>(undefined);
  const url = useMemo(() => voice && URL.createObjectURL(voice), [voice]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
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
        onRecorded(new Blob(parts, { type: mimeType }));
        setState('idle');
      };
      made.start();
      setState('recording');
    } catch (error) {
      setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'absent');
    }
  };
  return { state, url, record, stop: () => stop(recorder.current) };
}

const supported = () =>
  typeof MediaRecorder === 'undefined' || !navigator.mediaDevices
    ? undefined
    : types.find((type) => MediaRecorder.isTypeSupported(type));

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder?.state === 'recording') recorder.stop();
}
