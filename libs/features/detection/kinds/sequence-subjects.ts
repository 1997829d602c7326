import type { Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { newCondition, type SequenceConditionState, type SequenceState } from '../state.js';
import { clear } from '../transition.js';

/** Vehicles and cards that one rule counts at one device. Their names come from devices, so there must be a bound. */
export const mostSequences = 256;

/**
 * The memory of this subject. Beyond the bound the one is forgotten that nothing is waited for any more, then the one that is
 * waited for longest; when all stand as alarms, the oldest of them ends with the cause `overflow`.
 */
export function sequenceFor(
  rule: Rule,
  state: SequenceState,
  subject: string,
  { deviceId, ts }: { deviceId: string; ts: number },
  scene: Scene,
): SequenceConditionState {
  const known = state.conditions.find((one) => one.subject === subject);
  if (known) return known;
  if (state.conditions.length >= mostSequences) {
    const [leaving] = state.conditions.toSorted((a, b) => weight(a) - weight(b) || touched(a) - touched(b));
    if (leaving?.active) clear(rule, leaving, deviceId, ts, { kind: 'overflow', most: mostSequences }, scene);
    state.conditions = state.conditions.filter((one) => one !== leaving);
  }
  const added = { ...newCondition(subject), ons: [], answers: [], endedTs: 0, raisedTs: 0, heardAt: 0 };
  state.conditions.push(added);
  return added;
}

const weight = ({ active, ons }: SequenceConditionState): number => (active ? 2 : ons.length > 0 ? 1 : 0);
const touched = ({ endedTs, ons, answers }: SequenceConditionState): number =>
  Math.max(endedTs, ons.at(-1)?.ts ?? 0, answers[0] ?? 0);
