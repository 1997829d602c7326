import { useEffect } from 'react';

/** What the phone keeps for the dead spot is fetched when the list stands: before, it would take the network from it. */
const afterMs = 4_000;

export function useInstalled(): void {
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const timer = setTimeout(
      () => void navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => undefined),
      afterMs,
    );
    return () => clearTimeout(timer);
  }, []);
}
