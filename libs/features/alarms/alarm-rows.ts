import { type AlarmAction, type AlarmState } from '@sc/contracts';
import { type Database, json, prepared, type Row, send } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { Moving } from './moving.js';
import type { AlarmFacts } from './publish.js';

/** An alarm without what only others ask for. */
export type AlarmRow = Omit<Row<'alarms'>, 'incidentId' | 'createdAt'>;

export function toMoving(row: AlarmRow): Moving {
  return {
    id: row.id,
    ruleId: row.ruleId,
    severity: row.severity,
    workOrder: row.workOrder,
    state: row.state,
    conditionActive: row.conditionActive,
    raisedAt: row.raisedAt.getTime(),
    clearedAt: row.clearedAt?.getTime() ?? null,
    acknowledgedAt: row.acknowledgedAt?.getTime() ?? null,
    acknowledgedBy: row.acknowledgedBy,
    occurrences: row.occurrences,
    lastSeenAt: row.lastSeenAt.getTime(),
    lastTransitionAt: row.lastTransitionAt.getTime(),
    cause: row.cause,
    latching: row.latching,
    suppressionGroup: row.suppressionGroup,
    assigneeId: row.assigneeId,
    silence: row.silencedAt && {
      at: row.silencedAt.getTime(),
      until: row.silencedUntil?.getTime() ?? null,
      by: row.silencedBy,
      reason: row.silencedReason,
      window: row.suppressingWindow,
      alarm: row.suppressingAlarm,
    },
    shelvedMs: row.shelvedMs,
    judgement: row.judgement,
    judgedBy: row.judgedBy,
    judgedAt: row.judgedAt?.getTime() ?? null,
  };
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const moving = (alarm: Moving) => ({
  id: alarm.id,
  severity: alarm.severity,
  work_order: alarm.workOrder,
  state: alarm.state,
  condition_active: alarm.conditionActive,
  raised_at: iso(alarm.raisedAt),
  cleared_at: iso(alarm.clearedAt),
  acknowledged_at: iso(alarm.acknowledgedAt),
  acknowledged_by: alarm.acknowledgedBy,
  occurrences: alarm.occurrences,
  last_seen_at: iso(alarm.lastSeenAt),
  last_transition_at: iso(alarm.lastTransitionAt),
  cause: alarm.cause,
  latching: alarm.latching,
  suppression_group: alarm.suppressionGroup,
  assignee_id: alarm.assigneeId,
  silenced_at: iso(alarm.silence?.at ?? null),
  silenced_until: iso(alarm.silence?.until ?? null),
  silenced_by: alarm.silence?.by ?? null,
  silenced_reason: alarm.silence?.reason ?? null,
  suppressing_window: alarm.silence?.window ?? null,
  suppressing_alarm: alarm.silence?.alarm ?? null,
  shelved_ms: alarm.shelvedMs,
  judgement: alarm.judgement,
  judged_by: alarm.judgedBy,
  judged_at: iso(alarm.judgedAt),
});

/**
 * Writes what conditions, persons and the clock move, and nothing else: an incident that is linked meanwhile stays linked. Rows are
 * taken in the order of their ids, as by who links many of them.
 */
export async function updateAlarms(db: Kysely<Database>, alarms: readonly Moving[]): Promise<void> {
  if (alarms.length === 0) return;
  const change = sql`
    with taken as materialized (
      select id from alarms where id = any(${alarms.map(({ id }) => id)}::uuid[]) order by id for no key update
    )
    update alarms set
      state = x.state, severity = x.severity, work_order = x.work_order, condition_active = x.condition_active, cleared_at = x.cleared_at,
      acknowledged_at = x.acknowledged_at, acknowledged_by = x.acknowledged_by, occurrences = x.occurrences,
      last_seen_at = x.last_seen_at, last_transition_at = x.last_transition_at, cause = x.cause,
      assignee_id = x.assignee_id, silenced_at = x.silenced_at, silenced_until = x.silenced_until,
      silenced_by = x.silenced_by, silenced_reason = x.silenced_reason, suppressing_window = x.suppressing_window,
      suppressing_alarm = x.suppressing_alarm, shelved_ms = x.shelved_ms, judgement = x.judgement,
      judged_by = x.judged_by, judged_at = x.judged_at
    from jsonb_populate_recordset(null::alarms, ${json(alarms.map(moving))}::jsonb) x join taken on taken.id = x.id
    where alarms.id = x.id`;
  await send(db, prepared(change.compile(db)));
}

/** New alarms, and steps of these and others, in one round trip. */
export async function insertAlarms(
  db: Kysely<Database>,
  alarms: readonly { alarm: Moving; facts: AlarmFacts }[],
  createdAt: number,
  steps: readonly StepRow[],
): Promise<void> {
  if (alarms.length === 0) return insertSteps(db, steps);
  const rows = alarms.map(({ alarm, facts }) => ({
    ...moving(alarm),
    device_id: facts.deviceId,
    rule_id: facts.ruleId,
    subject: facts.subject,
    rule_version: facts.ruleVersion,
    domain: facts.domain,
    area_id: facts.areaId,
    urgency: facts.urgency,
    certainty: facts.certainty,
    created_at: iso(createdAt),
  }));
  // One parameter whatever the number of rows: PostgreSQL takes at most 65,535 of them.
  const insertion = sql`
    with inserted as (
      insert into alarms (id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active, severity, urgency,
        certainty, work_order, cause, raised_at, cleared_at, occurrences, last_seen_at, last_transition_at, created_at,
        latching, suppression_group, silenced_at, silenced_until, silenced_by, silenced_reason, suppressing_window,
        suppressing_alarm)
      select id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active, severity, urgency,
        certainty, work_order, cause, raised_at, cleared_at, occurrences, last_seen_at, last_transition_at, created_at,
        latching, suppression_group, silenced_at, silenced_until, silenced_by, silenced_reason, suppressing_window,
        suppressing_alarm
      from jsonb_populate_recordset(null::alarms, ${json(rows)}::jsonb)
    )
    insert into alarm_steps
    select * from jsonb_populate_recordset(null::alarm_steps, ${json(steps.map(stepRow))}::jsonb)`;
  await send(db, prepared(insertion.compile(db)));
}

export interface StepRow {
  id: string;
  alarmId: string;
  at: number;
  recordedAt: number;
  action: AlarmAction;
  fromState: AlarmState | null;
  toState: AlarmState;
  actorKind: 'person' | 'device' | 'system';
  actorId: string;
  note: string | null;
  cause: Record<string, unknown>;
}

export async function insertSteps(db: Kysely<Database>, steps: readonly StepRow[]): Promise<void> {
  if (steps.length === 0) return;
  const insertion = sql`
    insert into alarm_steps select * from jsonb_populate_recordset(null::alarm_steps, ${json(steps.map(stepRow))}::jsonb)`;
  await send(db, prepared(insertion.compile(db)));
}

const stepRow = (step: StepRow) => ({
  id: step.id,
  alarm_id: step.alarmId,
  at: iso(step.at),
  recorded_at: iso(step.recordedAt),
  action: step.action,
  from_state: step.fromState,
  to_state: step.toState,
  actor_kind: step.actorKind,
  actor_id: step.actorId,
  note: step.note,
  data: step.cause,
});
