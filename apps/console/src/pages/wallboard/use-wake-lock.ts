import { useEffect, useState } from 'react';

/** Keeps the screen awake while the page is seen. @returns whether the browser can */
export function useWakeLock(): boolean {
  const [able, setAble] = useState('wakeLock' in navigator);
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    // The browser lets go of it whenever the page is hidden.
    const ask = () => {
      if (document.hidden || (lock && !lock.released)) return;
      navigator.wakeLock.request('screen').then(
        (given) => {
          if (over) return void given.release();
          lock = given;
          setAble(true);
        },
        () => setAble(false),
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return able;
}
