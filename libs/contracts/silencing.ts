import type { Role } from './http/people.js';
import type { Severity } from './severity.js';

const minute = 60_000;
const hour = 60 * minute;

/** Danger to life in the words of CAP 1.2. What silences it is shorter and asks for more. */
export const isLifeSafety = (severity: Severity): boolean => severity === 'extreme';

export interface ShelvingLimit {
  /** Longest shelf. */
  longestMs: number;
  /** All shelves of one alarm together, or no bound: a person may shelve anew. */
  altogetherMs: number | null;
  /** Whether one that is back to normal may be shelved before it begins again. */
  whileNormal: boolean;
  /** Becoming this grave ends a shelf that was made for something lesser. */
  breaksThrough: boolean;
}

const ordinary: ShelvingLimit = { longestMs: 8 * hour, altogetherMs: null, whileNormal: true, breaksThrough: false };

/**
 * How long a person may shelve an alarm. A working shift at most (ISA-18.2 asks for a bound, plants use 8 h), so that who
 * comes next decides anew; where lives are in danger only as long as it takes to look at the place, and once.
 */
export const shelvingLimits: Readonly<Record<Severity, ShelvingLimit>> = {
  extreme: { longestMs: 10 * minute, altogetherMs: 10 * minute, whileNormal: false, breaksThrough: true },
  severe: { ...ordinary, breaksThrough: true },
  moderate: ordinary,
  minor: ordinary,
  unknown: ordinary,
};

/** How much longer an alarm may be shelved, in ms; 0: not at all. */
export function shelvableMs(severity: Severity, shelvedMs: number): number {
  const { longestMs, altogetherMs } = shelvingLimits[severity];
  return altogetherMs === null ? longestMs : Math.max(0, Math.min(longestMs, altogetherMs - shelvedMs));
}

/** Longest window of maintenance that a role may open, in ms; 0: none. Those that also silence life safety are short. */
export const maintenanceLimits: Readonly<Record<Role, { ordinaryMs: number; lifeSafetyMs: number }>> = {
  admin: { ordinaryMs: 14 * 24 * hour, lifeSafetyMs: 4 * hour },
  manager: { ordinaryMs: 14 * 24 * hour, lifeSafetyMs: 4 * hour },
  operator: { ordinaryMs: 8 * hour, lifeSafetyMs: 0 },
  officer: { ordinaryMs: 0, lifeSafetyMs: 0 },
};
