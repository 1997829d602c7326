import type { Rule, ThresholdCondition } from '@sc/contracts';
import type { ThresholdState } from './state.js';
import { clear, raise } from './transition.js';
import type { AlarmTransition, ReadingInput } from './types.js';

/**
 * One reading for one threshold. Changes `state` in place (this is the hot path) and adds what begins or ends to `out`.
 * `above` raises at value ≥ raiseAt and clears at value < clearAt, `below` the other way round; a boolean counts as 0 or 1,
 * a string and what is not finite as nothing.
 */
export function advanceThreshold(
  rule: Rule,
  condition: ThresholdCondition,
  state: ThresholdState,
  input: ReadingInput,
  out: AlarmTransition[],
): void {
  const { ts } = input;
  if (ts <= state.lastTs) return;
  const value = typeof input.value === 'boolean' ? Number(input.value) : input.value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return;
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
  const cause = { kind: 'threshold', metric: condition.metric, value: input.value, level };
  (state.active ? clear : raise)(rule, state, input.deviceId, ts, cause, out);
}
