import type { ConditionState } from '../state.js';
import type { ReadingInput } from '../types.js';

/** A boolean counts as 0 or 1, a string and what is not finite as nothing. */
export function numberOf({ value }: ReadingInput): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * For kinds whose condition readings begin and end: when one that began at `at` was over. Its end was among the readings; or
 * they go so far back that its begin would have been found again (`needsMs` before it), had it still held.
 */
export function endAmongReadings(
  lastTs: number,
  one: ConditionState,
  at: number,
  coveredFrom: number,
  needsMs: number,
): number | undefined {
  if (one.at > at) return one.at;
  return at - needsMs >= coveredFrom && lastTs > at ? lastTs : undefined;
}
