import type { ConditionState } from '../state.js';
import type { ReadingInput } from '../types.js';

/** A boolean counts as 0 or 1, a string and what is not finite as nothing. */
export function numberOf({ value }: ReadingInput): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** For kinds whose condition readings begin and end: after a start it held until, among the readings told again, its end was. */
export const endAmongReadings = (one: ConditionState, at: number): number | undefined =>
  one.at > at ? one.at : undefined;
