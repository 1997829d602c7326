import type { Rule, ThresholdCondition } from '@sc/contracts';
import { shareOf } from './ratio.js';
import type { Scene } from './scene.js';
import type { ThresholdState } from './state.js';
import { clear, raise } from './transition.js';
import type { ReadingInput } from './types.js';

/**
 * One reading for one threshold. Changes `state` in place (this is the hot path) and tells what begins or ends.
 * `above` raises at value ≥ raiseAt and clears at value < clearAt, `below` the other way round; a boolean counts as 0 or 1,
 * a string and what is not finite as nothing.
 */
export function advanceThreshold(
  rule: Rule,
  condition: ThresholdCondition,
  state: ThresholdState,
  input: ReadingInput,
  scene: Scene,
): void {
  if (condition.of !== undefined) return advanceRatio(rule, condition, state, input, scene);
  const { ts } = input;
  if (ts <= state.lastTs) return;
  const value = numberOf(input);
  if (value !== undefined) judge(rule, condition, state, input, ts, value, scene);
}

/** The same for a share of another metric: judged with each value, and again when the divisor of that very moment comes after it. */
function advanceRatio(
  rule: Rule,
  condition: ThresholdCondition,
  state: ThresholdState,
  input: ReadingInput,
  scene: Scene,
): void {
  const value = numberOf(input);
  if (value === undefined || !state.ratio) return;
  const share = shareOf(state.ratio, input.metric === condition.metric, input.ts, value);
  if (share && share.ts >= state.lastTs) judge(rule, condition, state, input, share.ts, share.share, scene, share);
}

function judge(
  rule: Rule,
  condition: ThresholdCondition,
  state: ThresholdState,
  input: ReadingInput,
  ts: number,
  value: number,
  scene: Scene,
  share?: { value: number; divisor: number },
): void {
  // What happened between two readings far apart is unknown: a delay that ran before proves nothing.
  if (state.since !== 0 && ts - state.lastTs > condition.maxGapMs) state.since = 0;
  state.lastTs = ts;

  const above = condition.direction === 'above';
  const level = state.active ? condition.clearAt : condition.raiseAt;
  const beyond = state.active ? (above ? value < level : value > level) : above ? value >= level : value <= level;
  if (!beyond) {
    if (state.since !== 0) state.since = 0;
    return;
  }
  if (state.since === 0) state.since = ts;
  if (ts - state.since < (state.active ? condition.offDelayMs : condition.onDelayMs)) return;
  state.since = 0;
  const { metric, of } = condition;
  const cause = share
    ? { kind: 'ratio', metric, value: share.value, of, ofValue: share.divisor, level }
    : { kind: 'threshold', metric, value: input.value, level };
  (state.active ? clear : raise)(rule, state, input.deviceId, ts, cause, scene);
}

function numberOf({ value }: ReadingInput): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
