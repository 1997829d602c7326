import { compareSeverity, type Rule } from '@sc/contracts';
import type { Scene } from './scene.js';
import type { ConditionState, Told } from './state.js';
import type { AlarmTransition, Level } from './types.js';

type Cause = Record<string, unknown>;

/** Marks the condition as begun and says so, or keeps it back until the rule's hours begin. */
export function raise(
  rule: Rule,
  state: ConditionState,
  deviceId: string,
  ts: number,
  cause: Cause,
  scene: Scene,
): void {
  if (state.heldBack !== 0) tellWhatHoursOpened(rule, state, deviceId, ts, scene);
  state.active = true;
  state.cause = cause;
  if (isKeptBack(rule, ts, scene)) {
    if (state.heldBack === 0) state.heldBack = ts;
    return;
  }
  state.heldBack = 0;
  tell('raise', rule, state, deviceId, ts, cause, scene);
}

/** Whether what begins at `ts` waits for the rule's hours. */
export const isKeptBack = ({ activeHours }: Rule, ts: number, { hours }: Scene): boolean =>
  activeHours !== undefined && !hours.include(activeHours, ts);

export const isGraver = (level: Level, than: Level | null): boolean =>
  !than || compareSeverity(level.severity, than.severity) < 0 || (level.workOrder && !than.workOrder);

/** The condition that holds became graver: graver than what waits for the rule's hours, and it is told if than what stands too. */
export function escalate(
  rule: Rule,
  state: ConditionState,
  deviceId: string,
  ts: number,
  level: Level,
  cause: Cause,
  scene: Scene,
): void {
  if (state.heldBack !== 0) tellWhatHoursOpened(rule, state, deviceId, ts, scene);
  state.level = level;
  state.cause = cause;
  if (state.told && isGraver(level, state.told.level)) tell('escalate', rule, state, deviceId, ts, cause, scene);
}

/** Marks the condition as over and says so, if it was ever told. */
export function clear(
  rule: Rule,
  state: ConditionState,
  deviceId: string,
  ts: number,
  cause: Cause,
  scene: Scene,
): void {
  if (state.heldBack !== 0) tellWhatHoursOpened(rule, state, deviceId, ts, scene);
  const { told } = state;
  state.active = false;
  state.told = null;
  state.heldBack = 0;
  state.cause = null;
  state.level = null;
  if (told) tell('clear', rule, state, deviceId, ts, cause, scene);
}

/** A begin that was kept back is told as of the moment the hours began, once device time `ts` has come there. */
export function tellWhatHoursOpened(
  rule: Rule,
  state: ConditionState,
  deviceId: string,
  ts: number,
  scene: Scene,
): void {
  if (state.heldBack === 0) return;
  const opening = rule.activeHours ? scene.hours.opening(rule.activeHours, state.heldBack) : state.heldBack;
  if (opening > ts) return;
  state.heldBack = 0;
  tell('raise', rule, state, deviceId, opening, state.cause ?? {}, scene);
}

/** Times of one condition strictly grow, so that a repeated transition can be told from a new one. */
function tell(
  kind: AlarmTransition['kind'],
  rule: Rule,
  state: ConditionState,
  deviceId: string,
  ts: number,
  cause: Cause,
  scene: Scene,
): void {
  state.at = Math.max(ts, state.at + 1);
  const told = { raisedAt: kind === 'raise' ? state.at : (state.told?.raisedAt ?? 0), cause, level: state.level };
  if (kind !== 'clear') state.told = told;
  scene.out.push(transitionOf(kind, rule, state, deviceId, told));
}

export function transitionOf(
  kind: AlarmTransition['kind'],
  rule: Rule,
  { subject, at }: ConditionState,
  deviceId: string,
  { cause, level }: Pick<Told, 'cause' | 'level'>,
): AlarmTransition {
  const transition: AlarmTransition = {
    kind,
    deviceId,
    ruleId: rule.id,
    subject,
    ruleVersion: rule.version,
    at,
    cause,
  };
  if (level) transition.level = level;
  return transition;
}
