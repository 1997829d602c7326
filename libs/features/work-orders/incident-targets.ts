import type { Database, Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type Matter, matterKey } from './matter.js';

type Db = Kysely<Database>;

/**
 * Which open incident the alarms of a matter join, by {@link matterKey}: the one that gathers it, or the one into which
 * that was merged. One that a person split off gathers nothing.
 * @param only `merged`: only where it was merged
 */
export async function openTargets(db: Db, matters: readonly Matter[], only?: 'merged'): Promise<Map<string, string>> {
  if (!matters.length) return new Map();
  const each = (name: keyof Matter) => matters.map((matter) => matter[name]);
  const own = only
    ? sql`select null::uuid as id where false`
    : sql`select id from incidents i
        where (i.area_id, i.domain, i.category) = (w.area_id, w.domain, w.category)
          and i.state = 'open' and i.split_from is null`;
  const { rows } = await sql<Matter & { id: string }>`
    select w.*, coalesce(own.id, merged.id) as id
    from (select distinct * from unnest(${each('areaId')}::text[], ${each('domain')}::text[], ${each('category')}::text[])
        as w (area_id, domain, category)) w
      left join lateral (${own}) own on true
      left join lateral (
        select s.id from incidents i join incidents s on s.id = i.merged_into
        where (i.area_id, i.domain, i.category) = (w.area_id, w.domain, w.category)
          and i.split_from is null and i.merged_into is not null and s.state = 'open'
        order by i.closed_at desc limit 1
      ) merged on own.id is null
    where coalesce(own.id, merged.id) is not null`.execute(db);
  return new Map(rows.map(({ id, ...matter }) => [matterKey(matter), id]));
}

/** In which open incident a person put these conditions, by alarm id; for work of another kind it does not count. */
export async function placementsOf(
  db: Db,
  placed: readonly { alarm: Pick<Row<'alarms'>, 'id' | 'deviceId' | 'ruleId' | 'subject'>; own: Matter }[],
): Promise<Map<string, string>> {
  if (!placed.length) return new Map();
  const each = (name: 'id' | 'deviceId' | 'ruleId' | 'subject') => placed.map(({ alarm }) => alarm[name]);
  const { rows } = await sql<{ alarmId: string; incidentId: string }>`
    select x.alarm_id, p.incident_id
    from unnest(${each('id')}::uuid[], ${each('deviceId')}::text[], ${each('ruleId')}::text[], ${each('subject')}::text[],
        ${placed.map(({ own }) => own.category)}::text[]) as x (alarm_id, device_id, rule_id, subject, category)
      join incident_placements p on (p.device_id, p.rule_id, p.subject, p.category)
        = (x.device_id, x.rule_id, x.subject, x.category)
      join incidents i on i.id = p.incident_id and i.state = 'open'`.execute(db);
  return new Map(rows.map(({ alarmId, incidentId }) => [alarmId, incidentId]));
}
