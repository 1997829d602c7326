import type { EventCondition, Rule } from '@sc/contracts';
import type { EventState } from './state.js';
import { clear, raise } from './transition.js';
import type { AlarmTransition, EventInput } from './types.js';

/**
 * One event of a device. The condition holds when the newest begin is not older than the newest end, so events may come in
 * any order. When nothing but a person ends it, every new begin is told: the person may have ended it without our knowing,
 * and who applies it ignores a begin that changes nothing.
 */
export function advanceEvent(
  rule: Rule,
  condition: EventCondition,
  state: EventState,
  input: EventInput,
  out: AlarmTransition[],
): void {
  const { ts, type, deviceId } = input;
  if (condition.raiseOn.includes(type)) {
    if (ts <= state.raisedTs) return;
    state.raisedTs = ts;
    if (ts < state.clearedTs || (state.active && condition.clearOn.length > 0)) return;
    raise(rule, state, deviceId, ts, { kind: 'event', type, eventKey: input.eventKey }, out);
  } else if (condition.clearOn.includes(type)) {
    if (ts <= state.clearedTs) return;
    state.clearedTs = ts;
    if (state.active && ts > state.raisedTs)
      clear(rule, state, deviceId, ts, { kind: 'event', type, eventKey: input.eventKey }, out);
  }
}
