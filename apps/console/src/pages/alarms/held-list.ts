import type { Alarm } from '@sc/contracts';

export interface HeldList {
  /** Rows in the order shown; `gone` ones are no longer open and stay only while the list is held. */
  rows: { alarm: Alarm; gone: boolean }[];
  /** What is waiting to be shown, gravest first. */
  waiting: Alarm[];
}

/**
 * The list as the operator sees it. Held (the pointer is over it), no row moves, appears or disappears: a click must
 * hit what it was aimed at. Rows still change their content; new ones wait; gone ones stay, marked.
 */
export function holdList(shown: readonly Alarm[], fresh: readonly Alarm[], held: boolean): HeldList {
  if (!held) return { rows: fresh.map((alarm) => ({ alarm, gone: false })), waiting: [] };
  const byId = new Map(fresh.map((a) => [a.id, a]));
  const shownIds = new Set(shown.map((a) => a.id));
  return {
    rows: shown.map((old) => ({ alarm: byId.get(old.id) ?? old, gone: !byId.has(old.id) })),
    waiting: fresh.filter((a) => !shownIds.has(a.id)),
  };
}
