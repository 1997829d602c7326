import { type ReactNode, useEffect, useRef, useState } from 'react';

const fields = 'input:not([type=hidden], [hidden]):enabled, textarea:enabled';

/**
 * A dialog begins in its first field, and gives the focus back to where it was opened. Left to itself antd begins at the cross that closes
 * it, where Enter takes away what was just opened; and a dialog that is gone at once gives nothing back.
 */
export function FirstField({ className, children }: { className?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    // A moment after the dialog itself has looked where the focus is.
    queueMicrotask(() => {
      if (box.current?.contains(document.activeElement)) return;
      box.current?.querySelector<HTMLElement>(fields)?.focus({ preventScroll: true });
    });
    return () => {
      const isLost = !document.activeElement || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [before]);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}
