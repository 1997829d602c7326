import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { momentAt, panned, picked, type Span, zoomed } from './span.js';

/** Less is a click that trembled. */
const leastDrag = 8;
const closer = 0.7;

interface Hands {
  span: Span;
  now: number;
  /** Of the plot in its box, pixels. */
  edges: { left: number; right: number };
  onSpan: (span: Span) => void;
  onReset: () => void;
}

interface Selection {
  left: number;
  width: number;
}

/** Drag draws what is wanted, the wheel zooms where it points, keys do both. */
export function useGestures({ span, now, edges, onSpan, onReset }: Hands): {
  area: RefObject<HTMLDivElement | null>;
  selection: Selection | undefined;
  keys: (event: KeyboardEvent) => void;
} {
  const area = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<Selection>();

  /** 0 is the left edge of the plot, 1 its right one. */
  const placeOf = (clientX: number): number => {
    const box = area.current?.getBoundingClientRect();
    if (!box) return 0.5;
    const place = (clientX - box.left - edges.left) / Math.max(1, box.width - edges.left - edges.right);
    return Math.min(1, Math.max(0, place));
  };
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY))
      return onSpan(panned(span, Math.sign(event.deltaX) * 0.1, now));
    const factor = event.deltaY < 0 ? closer : 1 / closer;
    onSpan(zoomed(span, factor, momentAt(span, placeOf(event.clientX)), now));
  });
  const drawn = useEffectEvent((from: number, to: number) => {
    const box = area.current?.getBoundingClientRect();
    if (!box) return;
    const width = box.width - edges.left - edges.right;
    const [a, b] = [placeOf(from), placeOf(to)].sort((x, y) => x - y) as [number, number];
    setSelection({ left: edges.left + a * width, width: (b - a) * width });
  });
  const ended = useEffectEvent((from: number, to: number) => {
    setSelection(undefined);
    if (Math.abs(to - from) >= leastDrag) onSpan(picked(span, placeOf(from), placeOf(to), now));
  });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let begun: number | undefined;
    const down = (event: PointerEvent) => {
      if (event.button === 0) begun = event.clientX;
    };
    const move = (event: PointerEvent) => {
      if (begun !== undefined && Math.abs(event.clientX - begun) >= leastDrag) drawn(begun, event.clientX);
    };
    const up = (event: PointerEvent) => {
      if (begun !== undefined) ended(begun, event.clientX);
      begun = undefined;
    };
    const cancel = () => {
      begun = undefined;
      setSelection(undefined);
    };
    const wheel = (event: WheelEvent) => onWheel(event);
    element.addEventListener('pointerdown', down);
    // It may end outside.
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    // Not passive: else the page would scroll, too.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      element.removeEventListener('wheel', wheel);
    };
  }, []);

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = (span.from + span.to) / 2;
    const moves: Record<string, (() => Span) | undefined> = {
      ArrowLeft: () => panned(span, -0.25, now),
      ArrowRight: () => panned(span, 0.25, now),
      '+': () => zoomed(span, closer, middle, now),
      '=': () => zoomed(span, closer, middle, now),
      '-': () => zoomed(span, 1 / closer, middle, now),
      End: () => ({ from: now - (span.to - span.from), to: now }),
    };
    const next = moves[event.key];
    if (event.key === '0' || event.key === 'Escape') onReset();
    else if (next) onSpan(next());
    else return;
    event.preventDefault();
  };
  return { area, selection, keys };
}
