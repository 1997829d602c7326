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

/** Incidents in which a device has or had an alarm, for a condition of a query. */
export const incidentsOf = (db: Kysely<Database>, deviceId: string) =>
  db
    .selectFrom('alarms')
    .select(sql<string>`alarms.incident_id`.as('id'))
    .where('alarms.deviceId', '=', deviceId)
    .where('alarms.incidentId', 'is not', null)
    .union(
      db
        .selectFrom('alarms')
        .innerJoin('workOrderSteps as step', (join) => join.on(sql<boolean>`step.data ->> 'alarmId' = alarms.id::text`))
        .innerJoin('workOrders as o', 'o.id', 'step.workOrderId')
        .select(sql<string>`o.incident_id`.as('id'))
        .where('alarms.deviceId', '=', deviceId)
        // spelled as its index is
        .where(sql<boolean>`step.action in ('register', 'link-alarm')`)
        .where('o.incidentId', 'is not', null),
    );

export async function alarmsByIds(db: Kysely<Database>, ids: string[]): Promise<Alarm[]> {
  if (!ids.length) return [];
  const rows = await alarmView(db)
    .where('alarms.id', 'in', ids)
    .orderBy('alarms.raisedAt')
    .orderBy('alarms.id')
    .execute();
  return rows.map(toAlarm);
}
