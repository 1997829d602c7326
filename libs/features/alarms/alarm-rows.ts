import { type AlarmAction, type AlarmState, type Rule, ruleSchema } from '@sc/contracts';
import { type Database, json, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { AlarmFacts } from './publish.js';
import type { Moving } from './story.js';

/** Area and domain of each device that exists, its row held until the end of the transaction. */
export async function lockDevices(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, { areaId: string; domain: string }>> {
  const rows = await db
    .selectFrom('devices')
    .select(['id', 'areaId', 'domain'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .orderBy('id')
    // Weaker than FOR UPDATE: rows that refer to the device (readings' events, new alarms) need not wait.
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map(({ id, ...device }) => [id, device]));
}

/** The devices, locked, and the rules that can be read as they stand now; an alarm takes over severity and the rest when it is raised. */
export async function lockDevicesAndRules(
  db: Kysely<Database>,
  deviceIds: readonly string[],
  ruleIds: readonly string[],
): Promise<{ devices: Map<string, { areaId: string; domain: string }>; rules: Map<string, Rule> }> {
  // In one round trip: this is the way of every alarm.
  const { rows } = await sql<{
    devices: { id: string; area_id: string; domain: string }[] | null;
    rules: (Pick<Row<'rules'>, 'id' | 'version' | 'domain' | 'enabled'> & { definition: object })[] | null;
  }>`
    with locked as materialized (
      select id, area_id, domain from devices where id = any(${deviceIds}::text[]) order by id for no key update
    )
    select (select json_agg(locked) from locked) as devices,
      (select json_agg(rules) from rules where id = any(${ruleIds}::text[])) as rules`.execute(db);
  const devices = (rows[0]?.devices ?? []).map(({ id, area_id: areaId, domain }) => [id, { areaId, domain }] as const);
  const rules = new Map<string, Rule>();
  for (const { id, version, domain, enabled, definition } of rows[0]?.rules ?? []) {
    const parsed = ruleSchema.safeParse({ ...definition, id, version, domain, enabled });
    if (parsed.success) rules.set(id, parsed.data);
  }
  return { devices: new Map(devices), rules };
}

type Condition = Pick<AlarmFacts, 'deviceId' | 'ruleId' | 'subject'>;

/** The newest alarm of each condition. */
export async function latestAlarms(
  db: Kysely<Database>,
  conditions: readonly Condition[],
): Promise<(Condition & { alarm: Moving; facts: AlarmFacts })[]> {
  const each = (name: keyof Condition) => conditions.map((condition) => condition[name]);
  const { rows } = await sql<Row<'alarms'>>`
    select latest.*
    from unnest(${each('deviceId')}::text[], ${each('ruleId')}::text[], ${each('subject')}::text[])
      as condition (device_id, rule_id, subject)
    cross join lateral (
      select * from alarms
      where device_id = condition.device_id and rule_id = condition.rule_id and subject = condition.subject
      -- an open one first: of two with the same time only it can still move
      order by last_transition_at desc, state <> 'normal' desc
      limit 1
    ) latest`.execute(db);
  return rows.map((row) => ({
    deviceId: row.deviceId,
    ruleId: row.ruleId,
    subject: row.subject,
    alarm: toMoving(row),
    facts: row,
  }));
}

export function toMoving(row: Row<'alarms'>): Moving {
  return {
    id: row.id,
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
});

/**
 * Writes what conditions and persons move, and nothing else: an incident that is linked meanwhile stays linked. Rows are
 * taken in the order of their ids, as by who links many of them.
 */
export async function updateAlarms(db: Kysely<Database>, alarms: readonly Moving[]): Promise<void> {
  if (alarms.length === 0) return;
  await sql`
    with taken as materialized (
      select id from alarms where id = any(${alarms.map(({ id }) => id)}::uuid[]) order by id for no key update
    )
    update alarms set
      state = x.state, severity = x.severity, work_order = x.work_order, condition_active = x.condition_active, cleared_at = x.cleared_at,
      acknowledged_at = x.acknowledged_at, acknowledged_by = x.acknowledged_by, occurrences = x.occurrences,
      last_seen_at = x.last_seen_at, last_transition_at = x.last_transition_at, cause = x.cause
    from jsonb_populate_recordset(null::alarms, ${json(alarms.map(moving))}::jsonb) x join taken on taken.id = x.id
    where alarms.id = x.id`.execute(db);
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
  await sql`
    with inserted as (
      insert into alarms (id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active, severity, urgency,
        certainty, work_order, cause, raised_at, cleared_at, occurrences, last_seen_at, last_transition_at, created_at)
      select id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active, severity, urgency,
        certainty, work_order, cause, raised_at, cleared_at, occurrences, last_seen_at, last_transition_at, created_at
      from jsonb_populate_recordset(null::alarms, ${json(rows)}::jsonb)
    )
    insert into alarm_steps
    select * from jsonb_populate_recordset(null::alarm_steps, ${json(steps.map(stepRow))}::jsonb)`.execute(db);
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
  await sql`
    insert into alarm_steps select * from jsonb_populate_recordset(null::alarm_steps, ${json(steps.map(stepRow))}::jsonb)`.execute(
    db,
  );
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
