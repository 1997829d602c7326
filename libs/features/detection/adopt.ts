import { compareSeverity, type Rule } from '@sc/contracts';
import type { Detector } from './detector.js';
import type { Slot } from './device-memory.js';
import { judgedRules } from './groups/member-rules.js';
import { standingMembers } from './groups/standing-members.js';
import { kindOf } from './kinds/index.js';
import type { Scene } from './scene.js';
import { type ConditionState, conditionsOf } from './state.js';
import { clear } from './transition.js';
import type { AlarmTransition, OpenCondition } from './types.js';

type Open = OpenCondition & { domain: string };

/** For a rule: readings before it were not looked at. */
type CoveredFrom = (rule: Rule) => number;

/** See DetectionEngine.adopt. */
export function adopt(detector: Detector, open: readonly Open[], coveredFrom: CoveredFrom): AlarmTransition[] {
  adoptMembers(detector, standingMembers(open, detector.rulesInForce), coveredFrom);
  // The oldest first: should there be more than a rule remembers, they end in that order.
  return detector.telling((scene) => {
    for (const condition of open.toSorted((a, b) => a.at - b.at))
      if (!detector.groups.has(condition.ruleId)) adoptOne(detector, condition, coveredFrom, scene);
    // Of groups last: by then it is known which of their members hold.
    for (const condition of open) if (detector.groups.has(condition.ruleId)) detector.groups.adopt(condition);
  });
}

/** The same for members of groups: what they tell is counted, and makes no alarm. */
function adoptMembers(detector: Detector, open: readonly Open[], coveredFrom: CoveredFrom): void {
  detector.telling((scene) => {
    for (const condition of open) {
      const slot = detector.slot(condition.deviceId, condition.domain, condition.ruleId);
      if (!slot?.membership) continue;
      detector.groups.adoptMember(slot, condition);
      const before = scene.out.length;
      adoptOne(detector, condition, coveredFrom, scene);
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
  adoptMembers(detector, standingMembers(standing, rules).filter(isBegun), () => Infinity);
  adopt(detector, standing.filter(isBegun), () => Infinity);
}

function adoptOne(detector: Detector, open: Open, coveredFrom: CoveredFrom, scene: Scene): void {
  const { deviceId, ruleId, subject, ruleVersion, at } = open;
  const slot = detector.slot(deviceId, open.domain, ruleId);
  const one = slot && conditionOf(slot, open, scene);
  if (!slot || !one) {
    const cause = { kind: 'rule-off' };
    scene.out.push({ kind: 'clear', deviceId, ruleId, subject, ruleVersion, at: at + 1, cause });
    return;
  }
  const toldAt = one.at;
  one.at = Math.max(toldAt, at);
  if (one.active) {
    // It holds, and its alarm stands: told, whatever the hours say now.
    if (one.heldBack !== 0) Object.assign(one, { told: true, heldBack: 0 });
    if (one.level && compareSeverity(open.severity, one.level.severity) < 0)
      one.level = { severity: open.severity, workOrder: open.workOrder };
    return;
  }
  const { rule, state } = slot;
  const kind = kindOf(rule.condition);
  const told = { ...one, at: toldAt };
  const overAt = kind.endOf(rule.condition as never, state as never, told, at, coveredFrom(rule));
  one.told = true;
  if (overAt !== undefined) return clear(rule, one, deviceId, overAt, { kind: 'rebuilt' }, scene);
  one.active = true;
  kind.takeOver?.(rule.condition as never, state as never, one, open);
}

/** `undefined`: the rule does not tell such a subject apart any more. */
function conditionOf({ rule, state }: Slot, open: Open, scene: Scene): ConditionState | undefined {
  const { conditionOf: find } = kindOf(rule.condition);
  if (find) return find(rule, rule.condition as never, state as never, open, scene);
  return open.subject === '' ? conditionsOf(state)[0] : undefined;
}
