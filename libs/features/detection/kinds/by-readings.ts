import type { Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import type { ConditionState } from '../state.js';
import { tellWhatHoursOpened } from '../transition.js';
import type { ReadingInput } from '../types.js';

/** A boolean counts as 0 or 1, a string and what is not finite as nothing. */
export function numberOf({ value }: ReadingInput): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * Before a condition with delays is judged at `ts`: whether the delay that runs counts no more. Nothing that was read before an alarm was told
 * ends it, also when hours kept it back: after a start nobody knows when it began, but when it was told.
 */
export function isDelayOver(
  rule: Rule,
  state: ConditionState & { since: number },
  deviceId: string,
  ts: number,
  scene: Scene,
): boolean {
  if (state.heldBack !== 0) tellWhatHoursOpened(rule, state, deviceId, ts, scene);
  return state.told !== null && state.since !== 0 && state.since < state.at;
}

/** For kinds whose condition readings begin and end: after a start it held until, among the readings told again, its end was. */
export const endAmongReadings = (one: ConditionState, at: number): number | undefined =>
  one.at > at ? one.at : undefined;
