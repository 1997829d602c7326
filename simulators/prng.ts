/** Repeatable randomness: the same seed gives the same numbers everywhere. Not for secrets. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  between(low: number, high: number): number;
  /** Bell-shaped around 0, about ±1 wide (never beyond ±3). */
  bell(): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An independent source for a named part, so that adding a device changes no other. */
  fork(name: string): Random;
}

/** FNV-1a, 32 bits, with murmur3's finish: similar names must not give similar streams. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** mulberry32 (Tommy Ettinger, public domain) seeded by any text. */
export function random(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    bell: () => (next() + next() + next() - 1.5) * 2,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    fork: (name) => random(`${seed}/${name}`),
  };
}
