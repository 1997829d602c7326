import { useEffect } from 'react';

/** The network is back when the stream is; the timer covers a stream that a proxy swallows. */
const retryMs = 20_000;

/** While something waits: sends it now, when the connection changes, when the browser is online again, and now and then. */
export function useTriedAgain(waits: boolean, flush: () => Promise<unknown>, connection: unknown): void {
  useEffect(() => {
    if (!waits) return;
    void flush();
    const timer = setInterval(() => void flush(), retryMs);
    const now = () => void flush();
    window.addEventListener('online', now);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', now);
    };
  }, [waits, flush, connection]);
}
