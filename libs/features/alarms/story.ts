import type { AlarmAction, AlarmState } from '@sc/contracts';
import { nextState } from './machine.js';

/** What the story of one (device, rule) needs of a transition. */
export interface Change {
  kind: 'raise' | 'clear';
  deviceId: string;
  ruleId: string;
  ruleVersion: number;
  /** Device time, ms since the epoch. */
  at: number;
  cause: Record<string, unknown>;
}

/** The part of an alarm that conditions move. Instants in ms. */
export interface Moving {
  id: string;
  state: AlarmState;
  conditionActive: boolean;
  raisedAt: number;
  clearedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
  occurrences: number;
  lastSeenAt: number;
  lastTransitionAt: number;
  cause: Record<string, unknown>;
}

export interface Step {
  alarmId: string;
  at: number;
  action: AlarmAction;
  fromState: AlarmState | null;
  toState: AlarmState;
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
 * Tells the transitions of one (device, rule), in order of time, to its latest alarm. What is not newer than the alarm's
 * last transition was told before. Pure; `newId` is asked once per new alarm.
 */
export function tell(latest: Moving | undefined, changes: readonly Change[], newId: () => string): Told {
  const steps: Step[] = [];
  let alarm = latest;
  let updated: Moving | undefined;
  let created: Moving | undefined;
  for (const change of changes) {
    if (alarm && change.at <= alarm.lastTransitionAt) continue;
    const next: Moving | undefined = change.kind === 'raise' ? raised(alarm, change, newId) : cleared(alarm, change);
    if (!next) continue;
    const told = next.state !== alarm?.state || next.conditionActive !== alarm.conditionActive;
    if (told)
      steps.push({
        alarmId: next.id,
        at: change.at,
        action: change.kind,
        fromState: next.id === alarm?.id ? alarm.state : null,
        toState: next.state,
        cause: change.cause,
      });
    if (next.id === latest?.id) updated = next;
    else created = next;
    alarm = next;
  }
  return { updated, created, steps };
}

function raised(alarm: Moving | undefined, change: Change, newId: () => string): Moving {
  const { at, cause } = change;
  if (!alarm || alarm.state === 'normal')
    return {
      id: newId(),
      state: nextState('normal', 'raise', true) ?? 'unacknowledged',
      conditionActive: true,
      raisedAt: at,
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      occurrences: 1,
      lastSeenAt: at,
      lastTransitionAt: at,
      cause,
    };
  // It already holds: only remembered as told, so that it is not taken for a new one after the alarm has ended.
  if (alarm.conditionActive) return { ...alarm, lastSeenAt: at, lastTransitionAt: at };
  return {
    ...alarm,
    state: nextState(alarm.state, 'raise', true) ?? alarm.state,
    conditionActive: true,
    clearedAt: null,
    occurrences: alarm.occurrences + 1,
    lastSeenAt: at,
    lastTransitionAt: at,
    cause,
  };
}

function cleared(alarm: Moving | undefined, { at }: Change): Moving | undefined {
  if (!alarm?.conditionActive) return undefined;
  return {
    ...alarm,
    state: nextState(alarm.state, 'clear', false) ?? alarm.state,
    conditionActive: false,
    clearedAt: at,
    lastTransitionAt: at,
  };
}
