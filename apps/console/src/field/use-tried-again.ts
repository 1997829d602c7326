import { useEffect } from 'react';

/** The network is back when the stream is; the timer covers a stream that a proxy swallows. */
const retryMs = 20_000;

/**
 * While something waits: sends it now, when the connection changes, when the browser is online again, when the page is seen
 * again, and now and then; not while nobody looks, for the sake of the battery.
 */
export function useTriedAgain(waits: boolean, flush: () => Promise<unknown>, connection: unknown): void {
  useEffect(() => {
    if (!waits) return;
    void flush();
    const now = () => void flush();
    const whenSeen = () => void (document.hidden || flush());
    const timer = setInterval(whenSeen, retryMs);
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [waits, flush, connection]);
}
