import { useSyncExternalStore } from 'react';

const wish = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the reader's system asks for stillness; it may change its mind while the page is open. */
export const useReducedMotion = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      wish.addEventListener('change', listener);
      return () => wish.removeEventListener('change', listener);
    },
    () => wish.matches,
  );
