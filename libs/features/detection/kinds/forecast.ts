import type { ForecastCondition, Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { type ForecastState, newCondition } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import { endAmongReadings, numberOf } from './by-readings.js';
import type { Kind } from './kind.js';
import { shareOf } from './ratio.js';
import { addTo, partOf, type Trend, trendOf } from './trend.js';

/** So many of the slopes must have the direction of their median: what only sways leads nowhere. */
const leastAgreement = 0.75;

/** A level that will be reached at this pace. */
export const forecastKind: Kind<'forecast'> = {
  initial: ({ of }) => ({
    kind: 'forecast',
    ...newCondition(),
    judgedFrom: 0,
    lastTs: 0,
    lastValue: 0,
    reachedTs: 0,
    parts: [],
    ratio: of === undefined ? null : { value: null, divisors: [] },
  }),
  wakes: (condition) => ({ metrics: metricsOf(condition) }),
  metrics: metricsOf,
  memory: (condition) => ({ warmUpMs: warmUpMs(condition), readingsMs: warmUpMs(condition) + condition.windowMs }),
  take(rule, condition, state, input, scene) {
    if (input.kind !== 'reading' || (input.metric !== condition.metric && input.metric !== condition.of)) return;
    const value = numberOf(input);
    if (value === undefined) return;
    if (!state.ratio) return advance(rule, condition, state, input, { ts: input.ts, value, share: value }, scene);
    const share = shareOf(state.ratio, input.metric === condition.metric, input.ts, value);
    if (share) advance(rule, condition, state, input, share, scene);
  },
  goesOver: (old, next) =>
    old.metric === next.metric &&
    old.of === next.of &&
    old.direction === next.direction &&
    old.windowMs === next.windowMs,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
};

function metricsOf({ metric, of }: ForecastCondition): string[] {
  return of === undefined ? [metric] : [metric, of];
}

/** From then on every part of the window is known from its begin. That the level was reached, or the pace led elsewhere since, counts for a window. */
const warmUpMs = ({ windowMs }: ForecastCondition): number => windowMs + partOf(windowMs);

interface Point {
  ts: number;
  /** As read. */
  value: number;
  divisor?: number;
  /** What is judged: the value itself, or its share. */
  share: number;
}

/** One reading. The pace is looked at again with the first reading of each part of the window; that the level is reached is seen at once. */
function advance(
  rule: Rule,
  condition: ForecastCondition,
  state: ForecastState,
  { deviceId }: ReadingInput,
  point: Point,
  scene: Scene,
): void {
  const { ts, share } = point;
  if (ts <= state.lastTs) return;
  const sign = condition.direction === 'rising' ? 1 : -1;
  const isFirst = state.lastTs === 0;
  const hasLept = !isFirst && sign * (state.lastValue - share) >= condition.resetBy;
  if (hasLept || ts - state.lastTs > condition.maxGapMs) state.parts = [];
  state.lastTs = ts;
  state.lastValue = share;
  const isNewPart = addTo(state.parts, condition.windowMs, ts, share);
  const mayEnd = state.active && ts >= state.at;

  if (sign * (share - condition.level) >= 0) {
    state.reachedTs = ts;
    if (mayEnd) clear(rule, state, deviceId, ts, { ...causeOf(condition, point), kind: 'reached' }, scene);
    return;
  }
  if (hasLept) {
    state.reachedTs = 0;
    if (mayEnd) clear(rule, state, deviceId, ts, causeOf(condition, point), scene);
    return;
  }
  if (!isNewPart || ts < state.judgedFrom || !isEnough(condition, state, ts)) return;
  const trend = trendOf(state.parts, ts);
  const perHour = Number((trend.perMs * 3_600_000).toPrecision(3));
  const toGo = ({ perMs, value }: Trend) =>
    perMs * sign > 0 ? Math.max(0, (condition.level - value) / perMs) : Infinity;
  // What slows down does not arrive: the newer half of the window must lead there, too.
  const toGoMs = Math.max(toGo(trend), toGo(trendOf(state.parts.slice(-Math.ceil((state.parts.length + 1) / 2)), ts)));
  if (toGoMs > condition.clearBeyondMs) {
    state.reachedTs = 0;
    if (mayEnd) clear(rule, state, deviceId, ts, { ...causeOf(condition, point), perHour }, scene);
    return;
  }
  const isReached = state.reachedTs !== 0 && ts - state.reachedTs <= condition.windowMs;
  if (state.active || isReached || toGoMs > condition.horizonMs || trend.agreement < leastAgreement) return;
  const expectedAt = new Date(ts + toGoMs).toISOString();
  raise(rule, state, deviceId, ts, { ...causeOf(condition, point), perHour, expectedAt }, scene);
}

function isEnough({ minSpanMs, minReadings }: ForecastCondition, { parts }: ForecastState, ts: number): boolean {
  const [first] = parts;
  if (!first || parts.length < 2 || ts - first.ts < minSpanMs) return false;
  return parts.reduce((sum, { readings }) => sum + readings, 0) >= minReadings;
}

function causeOf({ metric, of, level }: ForecastCondition, { value, divisor }: Point): Record<string, unknown> {
  return { kind: 'forecast', metric, value, level, ...(of === undefined ? {} : { of, ofValue: divisor }) };
}
