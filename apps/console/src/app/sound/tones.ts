import type { Severity } from '@sc/contracts';

/** One beep: how high, and how long it and the silence behind it last. */
export interface Beep {
  hz: number;
  ms: number;
  restMs: number;
}
export interface Tone {
  beeps: readonly Beep[];
  /** Again after this long while nobody has acknowledged; left out: once. */
  againMs?: number;
}

const beeps = (count: number, hz: number, ms: number, restMs: number): Beep[] =>
  Array.from({ length: count }, () => ({ hz, ms, restMs }));

/**
 * What each severity sounds like: told apart by rhythm and not by pitch alone. Two bursts of five, one of three, one of two follow
 * the priorities of IEC 60601-1-8; none is the three long beeps of ISO 8201, which tell people to leave the building.
 */
export const tones: Record<Severity, Tone> = {
  extreme: {
    beeps: [...beeps(4, 880, 110, 70), { hz: 880, ms: 110, restMs: 420 }, ...beeps(5, 1175, 110, 70)],
    againMs: 8_000,
  },
  severe: { beeps: beeps(3, 740, 180, 140), againMs: 30_000 },
  moderate: { beeps: beeps(2, 587, 200, 180) },
  minor: { beeps: beeps(1, 440, 220, 0) },
  unknown: { beeps: beeps(2, 587, 200, 180) },
};
