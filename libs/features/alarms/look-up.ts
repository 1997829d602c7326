import { type Rule, ruleSchema } from '@sc/contracts';
import { type Database, prepared, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type AlarmRow, toMoving } from './alarm-rows.js';
import type { Moving } from './moving.js';
import type { AlarmFacts } from './publish.js';
import { type InForce, nothingInForce } from './settle.js';

/** Area and domain of each device that exists, its row held until the end of the transaction. */
export async function lockDevices(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  await db
    .selectFrom('devices')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .orderBy('id')
    // Weaker than FOR UPDATE: rows that refer to the device (readings' events, new alarms) need not wait.
    .forNoKeyUpdate()
    .execute();
}

/** The devices, locked, and the rules that can be read as they stand now; an alarm takes over severity and the rest when it is raised. */
export async function lockDevicesAndRules(
  db: Kysely<Database>,
  deviceIds: readonly string[],
  ruleIds: readonly string[],
): Promise<{ devices: Map<string, { areaId: string; domain: string }>; rules: Map<string, Rule> }> {
  // In one round trip: this is the way of every alarm.
  const statement = sql<{
    devices: { id: string; area_id: string; domain: string }[] | null;
    rules: (Pick<Row<'rules'>, 'id' | 'version' | 'domain' | 'enabled'> & { definition: object })[] | null;
  }>`
    with locked as materialized (
      select id, area_id, domain from devices where id = any(${deviceIds}::text[]) order by id for no key update
    )
    select (select json_agg(locked) from locked) as devices,
      (select json_agg(rules) from rules where id = any(${ruleIds}::text[])) as rules`;
  const { rows } = await db.executeQuery(prepared(statement.compile(db)));
  const devices = (rows[0]?.devices ?? []).map(({ id, area_id: areaId, domain }) => [id, { areaId, domain }] as const);
  const rules = new Map<string, Rule>();
  for (const { id, version, domain, enabled, definition } of rows[0]?.rules ?? []) {
    const parsed = ruleSchema.safeParse({ ...definition, id, version, domain, enabled });
    if (parsed.success) rules.set(id, parsed.data);
  }
  return { devices: new Map(devices), rules };
}

export type Condition = Pick<AlarmFacts, 'deviceId' | 'ruleId' | 'subject'>;

export interface Found extends Condition {
  alarm: Moving;
  facts: AlarmFacts;
}

/** What is to be known of devices before their alarms change. */
export interface Standing {
  /** Of each condition asked for the newest alarm, and all of these devices that are not back to normal. */
  alarms: Found[];
  /** What silences their alarms at this moment; none for devices without. */
  inForce: (deviceId: string) => InForce;
}

interface Silences {
  windows:
    { device_id: string; id: string; ends_at: string; life_safety: boolean; reason: string; by: string }[] | null;
  outs: { device_id: string; rule_id: string | null; reason: string; by: string }[] | null;
}

/**
 * In one statement whatever the number. To be called when the devices are locked: only then no window and no alarm can
 * come between the look and the change.
 */
export async function standingOf(
  db: Kysely<Database>,
  deviceIds: readonly string[],
  conditions: readonly Condition[],
  now: number,
): Promise<Standing> {
  const each = (name: keyof Condition) => conditions.map((condition) => condition[name]);
  const at = new Date(now);
  // What silences travels with the first row alone, and comes also when there is no alarm.
  const statement = sql<AlarmRow & { silences: Silences | null; id: string | null }>`
    with
    asked as (
      select latest.*
      from unnest(${each('deviceId')}::text[], ${each('ruleId')}::text[], ${each('subject')}::text[])
        as condition (device_id, rule_id, subject)
      cross join lateral (
        select * from alarms
        where device_id = condition.device_id and rule_id = condition.rule_id and subject = condition.subject
        -- an open one first: of two with the same time only it can still move
        order by last_transition_at desc, state <> 'normal' desc
        limit 1
      ) latest
    ),
    found as (
      -- those that are open come with their device
      select * from asked where state = 'normal'
      union all
      select * from alarms where device_id = any(${deviceIds}::text[]) and state <> 'normal'
    )
    select found.id, found.device_id, found.rule_id, found.subject, found.rule_version, found.domain, found.area_id, found.state,
      found.condition_active, found.severity, found.urgency, found.certainty, found.work_order, found.cause, found.raised_at,
      found.cleared_at, found.acknowledged_at, found.acknowledged_by, found.occurrences, found.last_seen_at,
      found.last_transition_at, found.assignee_id, found.latching, found.suppression_group, found.silenced_at,
      found.silenced_until, found.silenced_by, found.silenced_reason, found.suppressing_window, found.suppressing_alarm,
      found.shelved_ms, found.judgement, found.judged_by, found.judged_at,
      case when row_number() over () = 1 then silenced.told end as silences
    from silences_of(${deviceIds}::text[], ${at}) as silenced (told) left join found on true`;
  const { rows } = await db.executeQuery(prepared(statement.compile(db)));
  const alarms = rows.flatMap((row) => (row.id === null ? [] : [found(row)]));
  return { alarms, inForce: byDevice(rows.find(({ silences }) => silences)?.silences) };
}

const found = (row: AlarmRow): Found => ({
  deviceId: row.deviceId,
  ruleId: row.ruleId,
  subject: row.subject,
  alarm: toMoving(row),
  facts: row,
});

function byDevice(silences: Silences | null | undefined): Standing['inForce'] {
  const windows = Map.groupBy(silences?.windows ?? [], ({ device_id }) => device_id);
  const outs = Map.groupBy(silences?.outs ?? [], ({ device_id }) => device_id);
  return (deviceId) => {
    if (!windows.has(deviceId) && !outs.has(deviceId)) return nothingInForce;
    return {
      windows: (windows.get(deviceId) ?? []).map(({ id, ends_at, life_safety: lifeSafety, reason, by }) => ({
        id,
        until: Date.parse(ends_at),
        lifeSafety,
        reason,
        by,
      })),
      outOfService: (outs.get(deviceId) ?? []).map(({ rule_id: ruleId, reason, by }) => ({ ruleId, reason, by })),
    };
  };
}
