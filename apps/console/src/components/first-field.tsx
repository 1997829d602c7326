import { type ReactNode, useEffect, useRef } from 'react';

const fields = 'input:not([type=hidden], [hidden]):enabled, textarea:enabled';

/**
 * A dialog begins in its first field. Left to itself antd begins at the cross that closes it, and Enter takes away what was just opened.
 * A moment after the dialog itself: it must have noted first where the focus goes back to.
 */
export function FirstField({ className, children }: { className?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    queueMicrotask(() => {
      if (box.current?.contains(document.activeElement)) return;
      box.current?.querySelector<HTMLElement>(fields)?.focus({ preventScroll: true });
    });
  }, []);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}
