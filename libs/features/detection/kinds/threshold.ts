import type { Rule, ThresholdCondition } from '@sc/contracts';
import { endAmongReadings, isDelayOver, numberOf } from './by-readings.js';
import { shareOf } from './ratio.js';
import type { Scene } from '../scene.js';
import { newCondition, type ThresholdState } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import type { Kind } from './kind.js';

/** A level with a deadband and delays. */
export const thresholdKind: Kind<'threshold'> = {
  initial: ({ of }) => ({
    kind: 'threshold',
    ...newCondition(),
    lastTs: 0,
    since: 0,
    row: 0,
    ratio: of === undefined ? null : { value: null, divisors: [] },
  }),
  wakes: (condition) => ({ metrics: metricsOf(condition) }),
  metrics: metricsOf,
  memory: (condition) => ({ readingsMs: readingsMs(condition) }),
  take(rule, condition, state, input, scene) {
    if (input.kind === 'reading' && (input.metric === condition.metric || input.metric === condition.of))
      advanceThreshold(rule, condition, state, input, scene);
  },
  goesOver: (old, next) => old.of === next.of,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
};

/**
 * A delay that runs began at most so long before the newest reading; with twice of it, a newest reading whose delay began
 * earlier is itself so old that the next one ends the delay, whenever it began. Readings in a row lie at most a gap apart.
 */
const readingsMs = ({ onDelayMs, offDelayMs, repeatCount = 1, maxGapMs }: ThresholdCondition): number =>
  Math.max(2 * Math.max(onDelayMs, offDelayMs), repeatCount > 1 ? repeatCount * maxGapMs : 0);

function metricsOf({ metric, of }: ThresholdCondition): string[] {
  return of === undefined ? [metric] : [metric, of];
}

/**
 * One reading for one threshold. Changes `state` in place (this is the hot path) and tells what begins or ends.
 * `above` raises at value ≥ raiseAt and clears at value < clearAt, `below` the other way round; a boolean counts as 0 or 1,
 * a string and what is not finite as nothing.
 */
function advanceThreshold(
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
  if (ts - state.lastTs > condition.maxGapMs) state.since = state.row = 0;
  // The divisor of the same moment judges again, but is no further reading.
  const isFurther = ts > state.lastTs || state.row === 0;
  state.lastTs = ts;
  // Nothing that was read before an alarm ends it; after a start what led to it is told again.
  if (state.active && ts < state.at) return;
  if (isDelayOver(rule, state, input.deviceId, ts, scene)) state.since = state.row = 0;

  const above = condition.direction === 'above';
  const level = state.active ? condition.clearAt : condition.raiseAt;
  const beyond = state.active ? (above ? value < level : value > level) : above ? value >= level : value <= level;
  if (!beyond) {
    if (state.since !== 0) state.since = state.row = 0;
    return;
  }
  if (state.since === 0) state.since = ts;
  if (isFurther) state.row += 1;
  if (ts - state.since < (state.active ? condition.offDelayMs : condition.onDelayMs)) return;
  if (!state.active && state.row < (condition.repeatCount ?? 1)) return;
  state.since = state.row = 0;
  const { metric, of } = condition;
  const cause = share
    ? { kind: 'ratio', metric, value: share.value, of, ofValue: share.divisor, level }
    : { kind: 'threshold', metric, value: input.value, level };
  (state.active ? clear : raise)(rule, state, input.deviceId, ts, cause, scene);
}
