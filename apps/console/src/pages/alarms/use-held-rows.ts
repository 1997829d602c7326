import type { Alarm } from '@sc/contracts';
import { useEffect, useRef, useState } from 'react';
import { holdList, type HeldList } from './held-list.js';

/** So long after the last key the list is let go: whoever walks through it reads a row in between. */
const keysHoldMs = 15_000;

interface HeldRows extends HeldList {
  by: 'pointer' | 'keys' | undefined;
  point: () => void;
  leave: () => void;
  key: () => void;
  /** Shows what waits; the list stays held. */
  showNew: () => void;
}

/** The rows as they stand while somebody points at them or walks through them by keys. */
export function useHeldRows(alarms: Alarm[]): HeldRows {
  const [pointed, setPointed] = useState(false);
  const [keyed, setKeyed] = useState(false);
  const [shown, setShown] = useState(alarms);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const held = pointed || keyed;
  // While nobody holds it, what is shown is what is known; from then on that moment's rows are kept.
  const hold = () => {
    if (!held) setShown(alarms);
  };
  return {
    ...holdList(shown, alarms, held),
    by: pointed ? 'pointer' : keyed ? 'keys' : undefined,
    point: () => {
      hold();
      setPointed(true);
    },
    leave: () => setPointed(false),
    key: () => {
      hold();
      setKeyed(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setKeyed(false), keysHoldMs);
    },
    showNew: () => setShown(alarms),
  };
}
