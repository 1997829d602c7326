import type { EventCondition, Rule } from '@sc/contracts';
import { causeOf, levelOf, matches, subjectOf } from './event-data.js';
import type { Kind } from './kind.js';
import { endQuiet, tickQuiet } from './quiet.js';
import type { Scene } from '../scene.js';
import type { EventConditionState, EventState } from '../state.js';
import { conditionFor } from './subjects.js';
import { clear, escalate, isGraver, isKeptBack, raise, tellWhatHoursOpened } from '../transition.js';
import type { DetectionInput, EventInput } from '../types.js';

/** Something is told. */
export const eventKind: Kind<'event'> = {
  initial: () => ({ kind: 'event', judgedFrom: 0, conditions: [], seenTs: 0 }),
  wakes: ({ raiseOn, clearOn, quietMs }) => ({ events: [...raiseOn, ...clearOn], always: quietMs !== undefined }),
  metrics: () => [],
  memory: ({ quietMs }) => ({ eventsMs: quietMs ?? 0 }),
  take: advanceEvent,
  tick(rule, { quietMs }, state, tick, scene) {
    if (quietMs !== undefined) tickQuiet(rule, quietMs, state, tick, scene);
  },
  isEndless,
  goesOver: (old, next) => old.subject === next.subject,
  conditionOf(rule, { subject }, state, open, scene) {
    if (open.subject !== '' && subject === undefined) return undefined;
    return conditionFor(rule, state, open.subject, { deviceId: open.deviceId, ts: open.at }, scene);
  },
  endOf({ quietMs }, _, one, at) {
    const { clearedTs, raisedTs } = one as EventConditionState;
    // An end before it was told is of an earlier one: its own begin need not be known.
    if (clearedTs > raisedTs && clearedTs >= at) return clearedTs;
    return quietMs !== undefined && raisedTs > 0 ? raisedTs + quietMs : undefined;
  },
  takeOver({ levels }, _, one, { at, severity, workOrder }) {
    const event = one as EventConditionState;
    event.beganTs = event.raisedTs = Math.max(event.raisedTs, at);
    if (levels) event.level = { severity, workOrder };
  },
};

/**
 * One input of a device. The condition holds when the newest begin is not older than the newest end, so events may come in
 * any order. When nothing but a person ends it, every new begin is told: the person may have ended it without our knowing,
 * and who applies it ignores a begin that changes nothing.
 */
function advanceEvent(
  rule: Rule,
  condition: EventCondition,
  state: EventState,
  input: DetectionInput,
  scene: Scene,
): void {
  // First of all: what this input proves to be over was over before it.
  if (condition.quietMs !== undefined) endQuiet(rule, condition.quietMs, state, input, scene);
  if (input.kind !== 'event') return;
  if (condition.raiseOn.includes(input.type)) begin(rule, condition, state, input, scene);
  else if (condition.clearOn.includes(input.type)) end(rule, condition, state, input, scene);
  if (condition.quietMs !== undefined) endQuiet(rule, condition.quietMs, state, input, scene);
}

function begin(rule: Rule, condition: EventCondition, state: EventState, input: EventInput, scene: Scene): void {
  if (!matches(condition.match, input.data)) return;
  const level = levelOf(condition.levels, input.data);
  if (condition.levels && !level) return;
  const one = conditionFor(rule, state, subjectOf(condition.subject, input.data), input, scene);
  const { ts, deviceId } = input;
  const cause = causeOf(condition, input);
  const rises = one.active && level !== undefined && isGraver(level, one.level);
  if (ts <= one.raisedTs) {
    // Late, but of the condition that holds: it is as grave as its gravest event, in whatever order they come.
    if (rises && level && ts > one.clearedTs && ts >= one.beganTs - (condition.quietMs ?? Infinity))
      escalate(rule, one, deviceId, ts, level, cause, scene);
    return;
  }
  one.raisedTs = ts;
  one.heardAt = input.receivedAt;
  if (ts < one.clearedTs || ts < state.judgedFrom) return;
  if (one.heldBack !== 0) tellWhatHoursOpened(rule, one, deviceId, ts, scene);
  // What hours keep back is told as one, as grave as the gravest of it.
  if ((one.active && !isEndless(condition)) || one.heldBack !== 0) {
    if (rises && level) escalate(rule, one, deviceId, ts, level, cause, scene);
    return;
  }
  // Hours keep begins back, not that what stands becomes graver. Should a person have ended it, it begins with them.
  if (one.told && rises && level && isKeptBack(rule, ts, scene)) escalate(rule, one, deviceId, ts, level, cause, scene);
  one.beganTs = ts;
  one.level = level ?? null;
  raise(rule, one, deviceId, ts, cause, scene);
}

function end(rule: Rule, condition: EventCondition, state: EventState, input: EventInput, scene: Scene): void {
  const { ts } = input;
  const one = conditionFor(rule, state, subjectOf(condition.subject, input.data), input, scene);
  if (ts <= one.clearedTs) return;
  one.clearedTs = ts;
  if (one.active && ts > one.raisedTs) clear(rule, one, input.deviceId, ts, causeOf(condition, input), scene);
}

function isEndless({ clearOn, quietMs }: EventCondition): boolean {
  return clearOn.length === 0 && quietMs === undefined;
}
