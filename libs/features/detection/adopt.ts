import { compareSeverity, type Rule } from '@sc/contracts';
import type { Detector } from './detector.js';
import type { Slot } from './device-memory.js';
import { judgedRules } from './groups/member-rules.js';
import { standingMembers } from './groups/standing-members.js';
import { kindOf } from './kinds/index.js';
import type { Scene } from './scene.js';
import { type ConditionState, conditionsOf } from './state.js';
import { clear } from './transition.js';
import type { AlarmTransition, KnownEnd, OpenCondition } from './types.js';

type Open = OpenCondition & { domain: string };

/**
 * See DetectionEngine.adopt. `now` (our clock, ms): what a group counts no more by then, as its window closed, is over. That may have begun
 * on another device than the alarm did that ended with it, when what began it is read no more.
 */
export function adopt(detector: Detector, open: readonly Open[], now?: number): AlarmTransition[] {
  adoptMembers(detector, standingMembers(open, detector.rulesInForce));
  // The oldest first: should there be more than a rule remembers, they end in that order.
  return detector.telling((scene) => {
    for (const condition of open.toSorted((a, b) => a.at - b.at))
      if (!detector.groups.has(condition.ruleId)) adoptOne(detector, condition, scene);
    // Of groups last: by then it is known which of their members hold.
    for (const condition of open.toSorted((a, b) => b.at - a.at))
      if (detector.groups.has(condition.ruleId)) detector.groups.adopt(condition);
    if (now !== undefined) detector.groups.tick(now);
  });
}

/**
 * After a start: what the past, told again, does not end, though its end was told (time alone ended it: nothing more was heard), is over.
 * Otherwise its next begin would be taken for one of what holds, and make no alarm.
 */
export function takeKnownEnds(detector: Detector, ends: readonly KnownEnd[]): void {
  for (const { deviceId, domain, ruleId, subject, at } of ends) {
    if (detector.groups.has(ruleId)) endMembers(detector, ruleId, at);
    const slot = detector.slot(deviceId, domain, ruleId);
    const one = slot && conditionsOf(slot.state).find((known) => known.subject === subject);
    // By its begin: that it became graver after its end was told to an alarm that stood no more.
    if (!slot || !one?.told || one.told.raisedAt > at) continue;
    if (one.heldBack !== 0) {
      // What came after it waits for its hours, and was told to nobody.
      Object.assign(one, { told: null, at });
      continue;
    }
    Object.assign(one, { active: false, told: null, heldBack: 0, cause: null, level: null, at });
    kindOf(slot.rule.condition).endKnown?.(slot.rule.condition as never, slot.state as never, one);
  }
}

/** Of a group members are over that went quiet by then: its end was told because time had come so far. */
function endMembers(detector: Detector, groupId: string, at: number): void {
  detector.telling((scene) => {
    for (const { deviceId, slots } of detector.memories())
      for (const slot of slots.values()) {
        if (slot.membership?.group.id !== groupId) continue;
        const { endOf } = kindOf(slot.rule.condition);
        const before = scene.out.length;
        for (const one of conditionsOf(slot.state)) {
          const { cause, at: toldAt } = one;
          const overAt = one.active
            ? endOf(slot.rule.condition as never, slot.state as never, one, toldAt, cause ?? {})
            : undefined;
          if (overAt !== undefined && overAt <= at) clear(slot.rule, one, deviceId, overAt, { kind: 'rebuilt' }, scene);
        }
        const told = scene.out.splice(before);
        if (told.length > 0) detector.groups.take(slot, told);
      }
  });
}

/** The same for members of groups: what they tell is counted, and makes no alarm. */
function adoptMembers(detector: Detector, open: readonly Open[]): void {
  detector.telling((scene) => {
    for (const condition of open) {
      const slot = detector.slot(condition.deviceId, condition.domain, condition.ruleId);
      if (!slot?.membership) continue;
      detector.groups.adoptMember(slot, condition);
      const before = scene.out.length;
      adoptOne(detector, condition, scene);
      const told = scene.out.splice(before);
      if (told.length > 0) detector.groups.take(slot, told);
    }
  });
}

/**
 * Before readings are told again: what they begin and end, and stands, holds while they are told, so that they can end it or
 * begin to. Its begin need not be found again: it may lie before what is looked at.
 */
export function takeUp(detector: Detector, rules: readonly Rule[], standing: readonly Open[]): void {
  const judged = judgedRules(rules).filter(({ condition }) => kindOf(condition).byReadings);
  const byReadings = new Set(judged.map(({ id }) => id));
  const isBegun = ({ ruleId }: Open): boolean => byReadings.has(ruleId);
  adoptMembers(detector, standingMembers(standing, rules).filter(isBegun));
  adopt(detector, standing.filter(isBegun));
}

function adoptOne(detector: Detector, open: Open, scene: Scene): void {
  const { deviceId, ruleId, subject, ruleVersion, at } = open;
  const slot = detector.slot(deviceId, open.domain, ruleId);
  const one = slot && conditionOf(slot, open, scene);
  if (!slot || !one) {
    const cause = { kind: 'rule-off' };
    scene.out.push({ kind: 'clear', deviceId, ruleId, subject, ruleVersion, at: at + 1, cause });
    return;
  }
  const { cause = {}, severity, workOrder } = open;
  const toldAt = one.at;
  one.at = Math.max(toldAt, at);
  if (one.active) {
    one.told ??= { raisedAt: at, cause, level: one.level && { severity, workOrder } };
    // Its newest begin is told anew when hours open, as it would be without a start.
    if (kindOf(slot.rule.condition).isEndless?.(slot.rule.condition as never)) return;
    // It holds, and its alarm stands: told, whatever the hours say now.
    one.heldBack = 0;
    if (one.level && compareSeverity(severity, one.level.severity) < 0) one.level = { severity, workOrder };
    one.told.level = one.level;
    return;
  }
  const { rule, state } = slot;
  const kind = kindOf(rule.condition);
  const told = { ...one, at: toldAt };
  const overAt = kind.endOf(rule.condition as never, state as never, told, at, cause);
  one.told = { raisedAt: at, cause, level: null };
  if (overAt !== undefined) return clear(rule, one, deviceId, overAt, { kind: 'rebuilt' }, scene);
  one.active = true;
  kind.takeOver?.(rule.condition as never, state as never, one, open);
  one.told.level = one.level;
}

/** `undefined`: the rule does not tell such a subject apart any more. */
function conditionOf({ rule, state }: Slot, open: Open, scene: Scene): ConditionState | undefined {
  const { conditionOf: find } = kindOf(rule.condition);
  if (find) return find(rule, rule.condition as never, state as never, open, scene);
  return open.subject === '' ? conditionsOf(state)[0] : undefined;
}
