import type { RateCondition, Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { newCondition, type RateState } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import { endAmongReadings, numberOf } from './by-readings.js';
import type { Kind } from './kind.js';
import { newPace, paceOf, sliceOf } from './pace.js';

/** A value that rises or falls fast. */
export const rateKind: Kind<'rate'> = {
  initial: () => ({ kind: 'rate', ...newCondition(), ...newPace(), since: 0 }),
  wakes: ({ metric }) => ({ metrics: [metric] }),
  metrics: ({ metric }) => [metric],
  memory: (condition) => ({ readingsMs: readingsMs(condition) }),
  take(rule, condition, state, input, scene) {
    if (input.kind === 'reading' && input.metric === condition.metric)
      advanceRate(rule, condition, state, input, scene);
  },
  goesOver: (old, next) => old.metric === next.metric && old.windowMs === next.windowMs,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
};

/** A window before the begin of the delay that runs (see threshold), or before a newest reading a gap old; and the reading before that. */
const readingsMs = ({ windowMs, maxGapMs, onDelayMs, offDelayMs }: RateCondition): number =>
  windowMs + sliceOf(windowMs) + maxGapMs + Math.max(2 * onDelayMs, 2 * offDelayMs, maxGapMs);

function advanceRate(rule: Rule, condition: RateCondition, state: RateState, input: ReadingInput, scene: Scene): void {
  const value = numberOf(input);
  const { ts } = input;
  if (value === undefined || ts <= state.lastTs) return;
  if (ts - state.lastTs > condition.maxGapMs) state.since = 0;
  const pace = paceOf(state, condition, ts, value);
  if (!pace) return;
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
