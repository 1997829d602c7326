import type { RateCondition, Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { newCondition, type RateState } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import { endAmongReadings, isDelayOver, numberOf } from './by-readings.js';
import type { Kind } from './kind.js';
import { newPace, paceOf, sliceOf } from './pace.js';

/** A value that rises or falls fast. */
export const rateKind: Kind<'rate'> = {
  initial: () => ({ kind: 'rate', ...newCondition(), ...newPace(), judgedFrom: 0, since: 0 }),
  wakes: ({ metric }) => ({ metrics: [metric] }),
  metrics: ({ metric }) => [metric],
  memory: (condition) => ({ warmUpMs: warmUpMs(condition), readingsMs: readingsMs(condition) }),
  take(rule, condition, state, input, scene) {
    if (input.kind === 'reading' && input.metric === condition.metric)
      advanceRate(rule, condition, state, input, scene);
  },
  goesOver: (old, next) => old.metric === next.metric && old.windowMs === next.windowMs,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
};

/** From then on the far end of the window is known: the first reading of its slice, or the report before a window without any. */
const warmUpMs = ({ windowMs, maxGapMs }: RateCondition): number => windowMs + 2 * sliceOf(windowMs) + maxGapMs;

/** The delay that runs (see threshold); a newest reading a gap old is followed by a hole. */
const readingsMs = (condition: RateCondition): number =>
  warmUpMs(condition) + Math.max(2 * condition.onDelayMs, 2 * condition.offDelayMs, condition.maxGapMs);

function advanceRate(rule: Rule, condition: RateCondition, state: RateState, input: ReadingInput, scene: Scene): void {
  const value = numberOf(input);
  const { ts } = input;
  if (value === undefined || ts <= state.lastTs) return;
  if (ts - state.lastTs > condition.maxGapMs) state.since = 0;
  const pace = paceOf(state, condition, ts, value);
  if (!pace || ts < state.judgedFrom) return;
  if (isDelayOver(rule, state, input.deviceId, ts, scene)) state.since = 0;
  const inDirection = condition.direction === 'rising' ? pace.perMinute : -pace.perMinute;
  const beyond = state.active
    ? pace.whole && ts >= state.at && inDirection < condition.clearAt
    : inDirection >= condition.raiseAt;
  if (!beyond) {
    state.since = 0;
    return;
  }
  if (state.since === 0) state.since = ts;
  if (ts - state.since < (state.active ? condition.offDelayMs : condition.onDelayMs)) return;
  state.since = 0;
  const { metric, windowMs } = condition;
  const level = state.active ? condition.clearAt : condition.raiseAt;
  const cause = { kind: 'rate', metric, value, perMinute: Number(pace.perMinute.toPrecision(3)), windowMs, level };
  (state.active ? clear : raise)(rule, state, input.deviceId, ts, cause, scene);
}
