import type { BaselineCondition, Rule } from '@sc/contracts';
import { baselineLayout, judge, type Judgement, newBaseline } from '../baseline/index.js';
import type { Scene } from '../scene.js';
import { type BaselineState, type ConditionState, newCondition, type Told } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import { endAmongReadings, isDelayOver, numberOf } from './by-readings.js';
import type { Kind } from './kind.js';

/** How often memories are kept is minutes; what came since then is told again. Of a series that is not kept yet this is all that counts. */
const retoldMs = 3_600_000;
/** Beyond `learnMs`: by then each hour of the week was lived through twice. */
const fortnightMs = 14 * 86_400_000;

/** A value that is strange for its series. */
export const baselineKind: Kind<'baseline'> = {
  initial: () => ({
    kind: 'baseline',
    ...newCondition(),
    lastTs: 0,
    firstTs: 0,
    since: 0,
    learned: newBaseline(),
  }),
  wakes: ({ metric }) => ({ metrics: [metric] }),
  metrics: ({ metric }) => [metric],
  memory: ({ onDelayMs, offDelayMs, learnMs }) => ({
    readingsMs: Math.max(retoldMs, 2 * onDelayMs, 2 * offDelayMs),
    learningMs: learnMs + fortnightMs,
  }),
  take(rule, condition, state, input, scene) {
    if (input.kind === 'reading' && input.metric === condition.metric) advance(rule, condition, state, input, scene);
  },
  goesOver: (old, next) => old.metric === next.metric,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
  longMemory: {
    about: ({ metric }) => `baseline/${baselineLayout}/${metric}`,
    write: ({ learned, ...state }) =>
      state.lastTs === 0 ? undefined : { newestTs: state.lastTs, state: { ...state }, numbers: learned.slice() },
    read({ state, numbers }) {
      if (numbers.length !== newBaseline().length) return undefined;
      const kept = state as unknown as Omit<BaselineState, 'learned'>;
      return { ...kept, told: toldIn(kept), learned: numbers.slice() };
    },
  },
};

/** Rows of before 2026-11-23 keep whether it was told, and not what. */
function toldIn({
  told,
  at,
  cause,
  level,
}: { told: Told | boolean | null } & Omit<ConditionState, 'told'>): Told | null {
  if (typeof told !== 'boolean') return told;
  return told ? { raisedAt: at, cause: cause ?? {}, level } : null;
}

function advance(
  rule: Rule,
  condition: BaselineCondition,
  state: BaselineState,
  input: ReadingInput,
  scene: Scene,
): void {
  const value = numberOf(input);
  const { ts } = input;
  if (value === undefined || ts <= state.lastTs) return;
  if (ts - state.lastTs > condition.maxGapMs) state.since = 0;
  if (state.firstTs === 0) state.firstTs = ts;
  state.lastTs = ts;
  const judgement = judge(state.learned, ts, value, scene.hours.local(ts));
  if (!judgement || ts - state.firstTs < condition.learnMs) return;
  // Nothing that was read before an alarm ends it; after a start what led to it is told again.
  if (state.active && ts < state.at) return;
  if (isDelayOver(rule, state, input.deviceId, ts, scene)) state.since = 0;

  const strange = inDirection(condition, judgement, value) ? judgement.strangeness : 0;
  const beyond = state.active ? strange < condition.clearAt : strange >= condition.raiseAt;
  if (!beyond) {
    state.since = 0;
    return;
  }
  if (state.since === 0) state.since = ts;
  if (ts - state.since < (state.active ? condition.offDelayMs : condition.onDelayMs)) return;
  state.since = 0;
  const tell = state.active ? clear : raise;
  tell(rule, state, input.deviceId, ts, causeOf(condition, judgement, value, state.active), scene);
}

/** A value within what is usual may be strange for its course; then it is neither too high nor too low. */
function inDirection({ direction }: BaselineCondition, { usual }: Judgement, value: number): boolean {
  if (direction === 'both') return true;
  return usual !== undefined && (direction === 'above' ? value > usual.high : value < usual.low);
}

function causeOf(condition: BaselineCondition, { strangeness, usual }: Judgement, value: number, isEnd: boolean) {
  const { metric, raiseAt, clearAt } = condition;
  const rounded = (number: number) => Number(number.toPrecision(4));
  return {
    kind: 'baseline',
    metric,
    value,
    score: Number(strangeness.toFixed(3)),
    level: isEnd ? clearAt : raiseAt,
    ...(usual && { expected: rounded(usual.expected), low: rounded(usual.low), high: rounded(usual.high) }),
  };
}
