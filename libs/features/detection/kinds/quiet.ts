import type { Rule } from '@sc/contracts';
import { quietFrom, type Scene } from '../scene.js';
import type { EventConditionState, EventState } from '../state.js';
import { clear } from '../transition.js';
import type { DetectionInput, Tick } from '../types.js';

/**
 * Device time went on for more than `quietMs` without a further raising event: the condition was over then. Not when we did
 * not listen in between: what the device had to say may be lost or still on its way, so the clock starts when we listen again.
 */
export function endQuiet(rule: Rule, quietMs: number, state: EventState, input: DetectionInput, scene: Scene): void {
  // Also what is told late is over by what was heard before.
  state.seenTs = Math.max(state.seenTs, input.ts);
  for (const one of state.conditions) {
    if (!one.active || state.seenTs - one.raisedTs <= quietMs) continue;
    const { listeningSince } = scene;
    if (one.heardAt < listeningSince && input.receivedAt - listeningSince <= quietMs) continue;
    over(rule, quietMs, one, input.deviceId, scene);
  }
}

/** The same when nothing comes at all, by our clock. The end carries device time, as if the device had told it. */
export function tickQuiet(rule: Rule, quietMs: number, state: EventState, tick: Tick, scene: Scene): void {
  for (const one of state.conditions)
    if (one.active && tick.now - quietFrom(one.heardAt, tick.now, scene) > quietMs)
      over(rule, quietMs, one, tick.deviceId, scene);
}

function over(rule: Rule, quietMs: number, one: EventConditionState, deviceId: string, scene: Scene): void {
  const { raisedTs } = one;
  clear(rule, one, deviceId, raisedTs + quietMs, { kind: 'quiet', lastTs: raisedTs, quietMs }, scene);
}
