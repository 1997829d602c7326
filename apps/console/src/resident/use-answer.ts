import { useCallback, useEffect, useRef, useState } from 'react';
import { asRefused, type Refused } from './api.js';

interface Answer<T> {
  data: T | undefined;
  refused: Refused | undefined;
  again(): void;
  set(data: T): void;
}

/** Asks, keeps what it knows while the network is away, asks again now and then while somebody looks. */
export function useAnswer<T>(ask: () => Promise<T>, everyMs?: number): Answer<T> {
  const [data, set] = useState<T>();
  const [refused, setRefused] = useState<Refused>();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const again = useCallback(() => {
    latest.current().then(
      (answer) => {
        set(answer);
        setRefused(undefined);
      },
      (error: unknown) => setRefused(asRefused(error)),
    );
  }, []);
  useEffect(() => {
    again();
    const look = () => document.visibilityState === 'visible' && again();
    const timer = everyMs === undefined ? undefined : setInterval(look, everyMs);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [again, everyMs]);
  return { data, refused, again, set };
}
