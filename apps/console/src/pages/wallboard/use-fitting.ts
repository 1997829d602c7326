import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How many of a list's lines are whole within its box: what does not fit is counted, never cut. */
export function useFitting(count: number): { ref: RefObject<HTMLUListElement | null>; fits: number } {
  const ref = useRef<HTMLUListElement>(null);
  const [fits, setFits] = useState(count);
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const measure = () => {
      // On a phone the page scrolls, and everything fits.
      const bottom =
        getComputedStyle(list).overflowY === 'visible' ? Infinity : list.getBoundingClientRect().bottom + 1;
      const lines = [...list.children];
      const first = lines.findIndex((line) => line.getBoundingClientRect().bottom > bottom);
      setFits(first < 0 ? lines.length : first);
    };
    // It calls as soon as it observes, before anything is painted.
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    for (const line of list.children) observer.observe(line);
    return () => observer.disconnect();
  });
  return { ref, fits: Math.min(fits, count) };
}

/** The largest of a few sizes at which everything fits into its box; the last one is taken as it is. */
export function useSize(levels: number, content: string): { ref: RefObject<HTMLUListElement | null>; level: number } {
  const ref = useRef<HTMLUListElement>(null);
  const [size, setSize] = useState({ level: 0, content });
  // What is new is tried at its largest again.
  const level = size.content === content ? size.level : 0;
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const observer = new ResizeObserver(() => {
      const tooMuch = list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== 'visible';
      if (level < levels - 1 && tooMuch) setSize({ level: level + 1, content });
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [size, level, levels, content]);
  // Another size of the screen: tried anew.
  useLayoutEffect(() => {
    const again = () => setSize((before) => ({ ...before, level: 0 }));
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, []);
  return { ref, level };
}
