import { type AlarmAction, compareSeverity, shelvingLimits } from '@sc/contracts';
import { nextState } from './machine.js';
import { type Gravity, type Manner, type Moving, type Step, stepOf, unsilenced } from './moving.js';

/** What the story of one (device, rule, subject) needs of a transition. */
export interface Change {
  kind: 'raise' | 'escalate' | 'clear';
  deviceId: string;
  ruleId: string;
  /** Tells conditions of one rule on one device apart; '' where there is only one. */
  subject: string;
  ruleVersion: number;
  /** Device time, ms since the epoch. */
  at: number;
  /** Where the event says it and not the rule. */
  level?: Gravity;
  cause: Record<string, unknown>;
}

export interface Told {
  /** The alarm that was there, if it changed. */
  updated: Moving | undefined;
  /** A new one, if one began. */
  created: Moving | undefined;
  steps: Step[];
}

/**
 * Tells the transitions of one (device, rule, subject), in order of time, to its latest alarm. What is not newer than the
 * alarm's last transition was told before. Pure; `newId` is asked once per new alarm.
 * @param usual what a new alarm takes over from its rule; how grave it is, a condition may say itself
 * @param now by our clock: a shelf that breaks ends then
 */
export function tell(
  latest: Moving | undefined,
  changes: readonly Change[],
  usual: Manner,
  newId: () => string,
  now: number,
): Told {
  const steps: Step[] = [];
  let alarm = latest;
  let updated: Moving | undefined;
  let created: Moving | undefined;
  for (const change of changes) {
    if (alarm && change.at <= alarm.lastTransitionAt) continue;
    let next: Moving | undefined = moved(alarm, change, usual, newId);
    if (!next) continue;
    const action = actionOf(alarm, next, change);
    if (action) steps.push(stepOf(alarm, next, { at: change.at, action, cause: change.cause }));
    if (breaksThrough(alarm, next)) {
      const loud = { ...unsilenced(next, now), state: nextState(next.state, 'break-through', next) ?? next.state };
      steps.push(stepOf(next, loud, { at: change.at, action: 'break-through', cause: change.cause }));
      next = loud;
    }
    if (next.id === latest?.id) updated = next;
    else created = next;
    alarm = next;
  }
  return { updated, created, steps };
}

/** What the step is called, if there was one: a begin of what holds already is at most a rise. */
function actionOf(before: Moving | undefined, next: Moving, { kind }: Change): AlarmAction | undefined {
  if (next.id !== before?.id) return 'raise';
  if (next.conditionActive !== before.conditionActive) return kind === 'clear' ? 'clear' : 'raise';
  return next.severity !== before.severity || next.workOrder !== before.workOrder ? 'escalate-severity' : undefined;
}

function moved(alarm: Moving | undefined, change: Change, usual: Manner, newId: () => string): Moving | undefined {
  if (change.kind === 'clear') return cleared(alarm, change);
  if (change.kind === 'escalate') return alarm?.conditionActive ? risen(alarm, change) : undefined;
  return raised(alarm, change, usual, newId);
}

function raised(alarm: Moving | undefined, change: Change, usual: Manner, newId: () => string): Moving {
  const { at, cause } = change;
  if (!alarm || alarm.state === 'normal')
    return {
      id: newId(),
      ruleId: change.ruleId,
      latching: usual.latching,
      suppressionGroup: usual.suppressionGroup,
      ...gravityOf(change.level ?? usual),
      state: nextState('normal', 'raise', { conditionActive: true }) ?? 'unacknowledged',
      conditionActive: true,
      raisedAt: at,
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      occurrences: 1,
      lastSeenAt: at,
      lastTransitionAt: at,
      cause,
      assigneeId: null,
      silence: null,
      shelvedMs: 0,
      judgement: null,
      judgedBy: null,
      judgedAt: null,
    };
  // It already holds: remembered as told, so that it is not taken for a new one after the alarm has ended.
  if (alarm.conditionActive) return risen(alarm, change);
  return {
    ...alarm,
    ...graver(alarm, change.level),
    state: nextState(alarm.state, 'raise', { conditionActive: true }) ?? alarm.state,
    conditionActive: true,
    clearedAt: null,
    occurrences: alarm.occurrences + 1,
    lastSeenAt: at,
    lastTransitionAt: at,
    cause,
  };
}

/** What holds is told once more, perhaps graver: then it has to be seen again. */
function risen(alarm: Moving, { at, level, cause }: Change): Moving {
  const told = { ...alarm, lastSeenAt: at, lastTransitionAt: at };
  const gravity = graver(alarm, level);
  if (gravity.severity === alarm.severity && gravity.workOrder === alarm.workOrder) return told;
  const state = nextState(alarm.state, 'escalate-severity', alarm) ?? alarm.state;
  return { ...told, ...gravity, state, cause };
}

/** The gravity of one alarm rises and never falls. */
function graver(alarm: Gravity, level: Gravity | undefined): Gravity {
  if (!level) return { severity: alarm.severity, workOrder: alarm.workOrder };
  return {
    severity: compareSeverity(level.severity, alarm.severity) < 0 ? level.severity : alarm.severity,
    workOrder: alarm.workOrder || level.workOrder,
  };
}

const gravityOf = ({ severity, workOrder }: Gravity): Gravity => ({ severity, workOrder });

/** Somebody shelved something lesser: what it has become they have not seen. */
const breaksThrough = (before: Moving | undefined, after: Moving): boolean =>
  before?.state === 'shelved' &&
  after.conditionActive &&
  compareSeverity(after.severity, before.severity) < 0 &&
  shelvingLimits[after.severity].breaksThrough;

function cleared(alarm: Moving | undefined, { at }: Change): Moving | undefined {
  if (!alarm?.conditionActive) return undefined;
  return {
    ...alarm,
    state: nextState(alarm.state, 'clear', { ...alarm, conditionActive: false }) ?? alarm.state,
    conditionActive: false,
    clearedAt: at,
    lastTransitionAt: at,
  };
}
