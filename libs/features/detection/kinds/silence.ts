import type { Rule, SilenceCondition } from '@sc/contracts';
import { quietFrom, type Scene } from '../scene.js';
import { newCondition, type SilenceState } from '../state.js';
import { clear, raise } from '../transition.js';
import type { DetectionInput, Tick } from '../types.js';
import type { Kind } from './kind.js';

/** Nothing is heard. */
export const silenceKind: Kind<'silence'> = {
  initial: () => ({ kind: 'silence', ...newCondition(), lastTs: 0, heardAt: 0 }),
  wakes: () => ({ always: true }),
  metrics: () => [],
  memory: ({ afterMs }) => ({ readingsMs: afterMs }),
  take: advanceSilence,
  tick: tickSilence,
  goesOver: () => true,
  endOf: ({ afterMs }, { lastTs }, _, at) => (lastTs > at - afterMs ? lastTs : undefined),
};

/**
 * A sign of life. A hole of more than `afterMs` between two readings is a silence that began and ended, told now if no
 * tick told it before, unless the older one was heard before `listeningSince`: then it was we who did not listen.
 */
function advanceSilence(
  rule: Rule,
  condition: SilenceCondition,
  state: SilenceState,
  input: DetectionInput,
  scene: Scene,
): void {
  const { ts, deviceId } = input;
  if (ts <= state.lastTs) return;
  const previous = state.lastTs;
  const listened = state.heardAt >= scene.listeningSince;
  state.lastTs = ts;
  state.heardAt = input.receivedAt;
  if (!state.active && previous !== 0 && listened && ts - previous > condition.afterMs)
    raise(rule, state, deviceId, previous + condition.afterMs, silentSince(condition, previous), scene);
  if (state.active) clear(rule, state, deviceId, ts, { kind: 'silence', heardTs: ts }, scene);
}

/**
 * Time passes: silent is who was not heard for `afterMs` by our clock. The alarm carries device time (last `ts` + `afterMs`),
 * so that a replay of old readings is not silent while it runs.
 */
function tickSilence(rule: Rule, condition: SilenceCondition, state: SilenceState, tick: Tick, scene: Scene): void {
  if (state.active || state.lastTs === 0) return;
  if (tick.now - quietFrom(state.heardAt, tick.now, scene) <= condition.afterMs) return;
  raise(rule, state, tick.deviceId, state.lastTs + condition.afterMs, silentSince(condition, state.lastTs), scene);
}

const silentSince = (condition: SilenceCondition, lastTs: number) => ({
  kind: 'silence',
  lastTs,
  afterMs: condition.afterMs,
});
