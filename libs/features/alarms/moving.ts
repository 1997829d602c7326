import type { AlarmAction, AlarmJudgement, AlarmState, Severity } from '@sc/contracts';

/** How grave an alarm is and whether it asks for a person. */
export interface Gravity {
  severity: Severity;
  workOrder: boolean;
}

/** What an alarm takes over from its rule when it is raised. */
export interface Manner extends Gravity {
  /** Waits for a person after its condition is over. */
  latching: boolean;
  /** Of one device only the gravest alarm of a group is shown. */
  suppressionGroup: string | null;
}

/** While an alarm is shelved, suppressed or out of service. Instants in ms of our clock. */
export interface Silence {
  at: number;
  /** `null`: until somebody or something ends it. */
  until: number | null;
  /** The person who asked for it; `null`: nobody, a graver alarm did. */
  by: string | null;
  reason: string | null;
  /** The maintenance window that silences it. */
  window: string | null;
  /** The graver alarm of its group that silences it. */
  alarm: string | null;
}

/** The part of an alarm that conditions, persons and the clock move. Instants in ms. */
export interface Moving extends Manner {
  id: string;
  ruleId: string;
  state: AlarmState;
  conditionActive: boolean;
  raisedAt: number;
  clearedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
  occurrences: number;
  lastSeenAt: number;
  /** Device time of the last change that was told: by it a repeated one is known. */
  lastTransitionAt: number;
  cause: Record<string, unknown>;
  assigneeId: string | null;
  silence: Silence | null;
  /** How long it was shelved altogether, by shelves that have ended. */
  shelvedMs: number;
  judgement: AlarmJudgement | null;
  judgedBy: string | null;
  judgedAt: number | null;
}

/** One line of the story of an alarm, with its gravity then. */
export interface Step extends Gravity {
  alarmId: string;
  at: number;
  action: AlarmAction;
  fromState: AlarmState | null;
  toState: AlarmState;
  cause: Record<string, unknown>;
}

/** The step that leads from `before` to `after`. */
export const stepOf = (
  before: Moving | undefined,
  after: Moving,
  step: Pick<Step, 'at' | 'action' | 'cause'>,
): Step => ({
  ...step,
  alarmId: after.id,
  fromState: after.id === before?.id ? before.state : null,
  toState: after.state,
  severity: after.severity,
  workOrder: after.workOrder,
});

/** The alarm without its silence; a shelf is counted as long as it lasted. */
export function unsilenced(alarm: Moving, now: number): Moving {
  const { silence, state, shelvedMs } = alarm;
  const lasted = silence && state === 'shelved' ? Math.min(now, silence.until ?? now) - silence.at : 0;
  return { ...alarm, silence: null, shelvedMs: shelvedMs + Math.max(0, lasted) };
}
