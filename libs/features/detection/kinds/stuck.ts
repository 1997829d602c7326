import type { Rule, StuckCondition } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { newCondition, type StuckState } from '../state.js';
import { clear, raise } from '../transition.js';
import type { ReadingInput } from '../types.js';
import { endAmongReadings } from './by-readings.js';
import type { Kind } from './kind.js';

/** Slices of device time by which `forMs` is remembered: that a change lies so long back is known to one of them. */
const slices = 32;
const sliceOf = (forMs: number): number => Math.ceil(forMs / slices);

/** Readings come and nothing changes. */
export const stuckKind: Kind<'stuck'> = {
  initial: () => ({ kind: 'stuck', ...newCondition(), judgedFrom: 0, lastTs: 0, lastValue: 0, slices: [] }),
  wakes: ({ metric }) => ({ metrics: [metric] }),
  metrics: ({ metric }) => [metric],
  memory: (condition) => ({ warmUpMs: warmUpMs(condition), readingsMs: warmUpMs(condition) + condition.maxGapMs }),
  take(rule, condition, state, input, scene) {
    if (input.kind === 'reading' && input.metric === condition.metric)
      advanceStuck(rule, condition, state, input, scene);
  },
  goesOver: (old, next) => old.metric === next.metric && old.forMs === next.forMs,
  byReadings: true,
  endOf: (_condition, _state, one, at) => endAmongReadings(one, at),
};

/**
 * From then on the slice that lies `forMs` back is known from its begin. Whoever reported nothing since a gap before the start has a hole
 * in his readings, beyond which only the newest value counts.
 */
const warmUpMs = ({ forMs, maxGapMs }: StuckCondition): number => forMs + 2 * sliceOf(forMs) + maxGapMs;

function advanceStuck(
  rule: Rule,
  condition: StuckCondition,
  state: StuckState,
  { ts, value, deviceId }: ReadingInput,
  scene: Scene,
): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || ts <= state.lastTs) return;
  const { forMs, tolerance, metric } = condition;
  const isHole = ts - state.lastTs > condition.maxGapMs;
  const leapt = isHole && state.lastTs !== 0 && Math.abs(value - state.lastValue) > tolerance;
  if (isHole) state.slices = [];
  state.lastTs = ts;
  state.lastValue = value;
  remember(state, forMs, ts, value);
  if (ts < state.judgedFrom) return;
  const changes = leapt || !isWithin(state.slices, tolerance);
  if (state.active) {
    if (changes && ts >= state.at) clear(rule, state, deviceId, ts, { kind: 'stuck', metric, value }, scene);
    return;
  }
  const sinceTs = state.slices[0]?.from ?? ts;
  if (changes || ts - sinceTs < forMs) return;
  raise(rule, state, deviceId, ts, { kind: 'stuck', metric, value, sinceTs, forMs }, scene);
}

/** Slices begin at fixed moments of device time, so that the memory is the same whenever it was begun. Of those `forMs` old only the newest stays. */
function remember({ slices: kept }: StuckState, forMs: number, ts: number, value: number): void {
  while (kept[1] !== undefined && kept[1].from <= ts - forMs) kept.shift();
  const sliceMs = sliceOf(forMs);
  const newest = kept[kept.length - 1];
  if (newest && Math.floor(newest.from / sliceMs) === Math.floor(ts / sliceMs)) {
    newest.low = Math.min(newest.low, value);
    newest.high = Math.max(newest.high, value);
  } else kept.push({ from: ts, low: value, high: value });
}

/** The newest first: of a sensor that lives the first two tell. */
function isWithin(kept: StuckState['slices'], tolerance: number): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let i = kept.length - 1; i >= 0; i -= 1) {
    const slice = kept[i];
    if (!slice) continue;
    low = Math.min(low, slice.low);
    high = Math.max(high, slice.high);
    if (high - low > tolerance) return false;
  }
  return true;
}
