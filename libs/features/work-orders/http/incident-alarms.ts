import type { Alarm } from '@sc/contracts';
import { alarmView, toAlarm } from '@sc/features/alarms';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/**
 * Ids of the alarms of an incident: those that belong to it now, and those its orders were made for. An alarm that
 * began again after the incident was closed belongs to the next one, but stays part of this story.
 */
export async function alarmIdsOf(db: Kysely<Database>, incidentIds: readonly string[]): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select id from alarms where incident_id = any(${[...incidentIds]}::uuid[])
    union
    select (step.data ->> 'alarmId')::uuid from work_order_steps step join work_orders o on o.id = step.work_order_id
    where o.incident_id = any(${[...incidentIds]}::uuid[]) and step.action in ('register', 'link-alarm')
      and step.data ? 'alarmId'`.execute(db);
  return result.rows.map((row) => row.id);
}

export async function alarmsByIds(db: Kysely<Database>, ids: string[]): Promise<Alarm[]> {
  if (!ids.length) return [];
  const rows = await alarmView(db)
    .where('alarms.id', 'in', ids)
    .orderBy('alarms.raisedAt')
    .orderBy('alarms.id')
    .execute();
  return rows.map(toAlarm);
}
