import { Button } from 'antd-mobile';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReader } from './code-reader.js';

/** Often enough that nobody waits, seldom enough for the battery. */
const everyMs = 250;
/** A camera that nobody holds to a code goes off by itself. */
const longestMs = 60_000;

/** `absent`: what reads codes could not be loaded. */
type State = 'asking' | 'looking' | 'refused' | 'resting' | 'absent';
const texts = {
  asking: 'scanHold',
  looking: 'scanHold',
  refused: 'scanRefused',
  resting: 'scanResting',
  absent: 'scanReaderAbsent',
} as const;

/** Looks through the camera until it has read a code that is taken, the page is hidden, or a minute has passed. */
export default function CodeCamera({ onCode }: { onCode: (code: string) => boolean }) {
  const { t } = useTranslation('field');
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>('asking');
  const [round, setRound] = useState(0);
  const taken = useEffectEvent(onCode);

  useEffect(() => {
    let isOn = true;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (next?: State) => {
      isOn = false;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
      if (next) setState(next);
    };
    const onHidden = () => document.hidden && end('resting');
    const look = async () => {
      const reader = await openReader().catch(() => undefined);
      if (!isOn) return;
      if (!reader) return end('absent');
      const until = Date.now() + longestMs;
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (!isOn || !video.current) return end();
      video.current.srcObject = stream;
      await video.current.play();
      setState('looking');
      const next = async (): Promise<void> => {
        if (!isOn || !video.current) return;
        if (Date.now() > until) return end('resting');
        const [code] = await reader.detect(video.current).catch(() => []);
        if (isOn && code && taken(code.rawValue)) return end();
        timer = setTimeout(() => void next(), everyMs);
      };
      await next();
    };
    document.addEventListener('visibilitychange', onHidden);
    look().catch(() => end('refused'));
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      end();
    };
  }, [round]);

  return (
    <>
      <div className="field-viewfinder">
        <video ref={video} muted playsInline aria-label={t('scanCamera')} />
      </div>
      <p className="muted" role="status">
        {t(texts[state])}
      </p>
      {state !== 'asking' && state !== 'looking' && (
        <Button
          block
          size="large"
          onClick={() => {
            setState('asking');
            setRound(round + 1);
          }}
        >
          {t('scanAgain')}
        </Button>
      )}
    </>
  );
}
