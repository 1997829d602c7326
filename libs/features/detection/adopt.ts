import { compareSeverity, type Rule } from '@sc/contracts';
import type { Detector } from './detector.js';
import type { Slot } from './device-memory.js';
import type { Scene } from './scene.js';
import type { ConditionState, EventConditionState } from './state.js';
import { conditionFor } from './subjects.js';
import { clear } from './transition.js';
import type { AlarmTransition, OpenCondition } from './types.js';

type Open = OpenCondition & { domain: string };

/** For a rule: readings before it were not looked at. */
type CoveredFrom = (rule: Rule) => number;

/** See DetectionEngine.adopt. */
export function adopt(detector: Detector, open: readonly Open[], coveredFrom: CoveredFrom): AlarmTransition[] {
  // The oldest first: should there be more than a rule remembers, they end in that order.
  return detector.telling((scene) => {
    for (const condition of open.toSorted((a, b) => a.at - b.at)) adoptOne(detector, condition, coveredFrom, scene);
  });
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
    if (one.level && compareSeverity(open.severity, one.level.severity) < 0) one.level = levelOf(open);
    return;
  }
  const overAt = endOf(slot, { ...one, at: toldAt }, at, coveredFrom(slot.rule));
  one.told = true;
  if (overAt !== undefined) return clear(slot.rule, one, deviceId, overAt, { kind: 'rebuilt' }, scene);
  one.active = true;
  takeOver(slot, one, open);
}

/** `undefined`: the rule does not tell such a subject apart any more. */
function conditionOf({ rule, state }: Slot, open: Open, scene: Scene): ConditionState | undefined {
  if (state.kind !== 'event') return open.subject === '' ? state : undefined;
  if (open.subject !== '' && (rule.condition.kind !== 'event' || rule.condition.subject === undefined))
    return undefined;
  return conditionFor(rule, state, open.subject, { deviceId: open.deviceId, ts: open.at }, scene);
}

/** When (device time, ms) a condition that began at `at` was over, as far as memory can tell; `undefined`: it cannot. */
function endOf({ rule, state }: Slot, one: ConditionState, at: number, coveredFrom: number): number | undefined {
  const { condition } = rule;
  switch (state.kind) {
    case 'threshold':
      // its end was among the readings, else it is over if they go back to its begin
      if (one.at > at) return one.at;
      return at >= coveredFrom && state.lastTs > at ? state.lastTs : undefined;
    case 'silence': {
      const afterMs = condition.kind === 'silence' ? condition.afterMs : 0;
      return state.lastTs > at - afterMs ? state.lastTs : undefined;
    }
    case 'held': {
      const forMs = condition.kind === 'held' ? condition.forMs : 0;
      return state.since === 0 && state.endedTs > at - forMs ? state.endedTs : undefined;
    }
    case 'event': {
      const { clearedTs, raisedTs } = one as EventConditionState;
      if (clearedTs > 0 && (raisedTs > 0 ? clearedTs > raisedTs : clearedTs >= at)) return clearedTs;
      const quietMs = condition.kind === 'event' ? condition.quietMs : undefined;
      return quietMs !== undefined && raisedTs > 0 ? raisedTs + quietMs : undefined;
    }
  }
}

/** Nothing is known of its begin but the alarm: enough that a later end, or quiet, can end it. */
function takeOver({ rule, state }: Slot, one: ConditionState, open: Open): void {
  const { condition } = rule;
  if (state.kind === 'held' && condition.kind === 'held' && state.since === 0)
    state.since = state.newestTs = open.at - condition.forMs;
  if (state.kind !== 'event') return;
  const event = one as EventConditionState;
  event.beganTs = event.raisedTs = Math.max(event.raisedTs, open.at);
  if (condition.kind === 'event' && condition.levels) event.level = levelOf(open);
}

const levelOf = ({ severity, workOrder }: Open) => ({ severity, workOrder });
