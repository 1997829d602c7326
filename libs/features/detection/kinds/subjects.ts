import type { Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { type EventConditionState, type EventState, newCondition } from '../state.js';
import { clear } from '../transition.js';

/** Subjects that one rule remembers of one device. Their names come from devices, so there must be a bound. */
export const mostSubjects = 32;

/**
 * The memory of this subject. Beyond the bound the one that ended longest ago is forgotten; when all hold, the oldest of them
 * ends with the cause `overflow`: its alarm returns and is seen, it is not lost.
 */
export function conditionFor(
  rule: Rule,
  state: EventState,
  subject: string,
  { deviceId, ts }: { deviceId: string; ts: number },
  scene: Scene,
): EventConditionState {
  const known = state.conditions.find((one) => one.subject === subject);
  if (known) return known;
  if (state.conditions.length >= mostSubjects) {
    const oldest = oldestOf(state.conditions);
    if (oldest?.active) clear(rule, oldest, deviceId, ts, { kind: 'overflow', most: mostSubjects }, scene);
    state.conditions = state.conditions.filter((one) => one !== oldest);
  }
  const added = { ...newCondition(subject), beganTs: 0, raisedTs: 0, clearedTs: 0, heardAt: 0 };
  state.conditions.push(added);
  return added;
}

function oldestOf(conditions: readonly EventConditionState[]): EventConditionState | undefined {
  const touched = (one: EventConditionState) => Math.max(one.raisedTs, one.clearedTs);
  return conditions.toSorted((a, b) => Number(a.active) - Number(b.active) || touched(a) - touched(b))[0];
}
