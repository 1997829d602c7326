import { useEffect } from 'react';
import { useReducedMotion } from '../lib/reduced-motion.js';

/** Whose system asks for stillness gets it from the component kit too. */
export function useStillness(): void {
  const still = useReducedMotion();
  useEffect(() => {
    if (!still) return;
    const motion = import('./motion.js');
    void motion.then(
      ({ reduceMotion }) => reduceMotion(),
      () => undefined,
    );
    return () =>
      void motion.then(
        ({ restoreMotion }) => restoreMotion(),
        () => undefined,
      );
  }, [still]);
}
