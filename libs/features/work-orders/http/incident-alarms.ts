import type { Alarm } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/**
 * Ids of the alarms of an incident: those that belong to it now, and those its orders were made for. An alarm that
 * began again after the incident was closed belongs to the next one, but stays part of this story.
 */
export async function alarmIdsOf(db: Kysely<Database>, incidentId: string): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select id from alarms where incident_id = ${incidentId}
    union
    select (step.data ->> 'alarmId')::uuid from work_order_steps step join work_orders o on o.id = step.work_order_id
    where o.incident_id = ${incidentId} and step.action in ('register', 'link-alarm')`.execute(db);
  return result.rows.map((row) => row.id);
}

export async function alarmsByIds(db: Kysely<Database>, ids: string[]): Promise<Alarm[]> {
  if (!ids.length) return [];
  const rows = await db
    .selectFrom('alarms')
    .innerJoin('devices', 'devices.id', 'alarms.deviceId')
    .innerJoin('areas', 'areas.id', 'alarms.areaId')
    .innerJoin('rules', 'rules.id', 'alarms.ruleId')
    .leftJoin('people', 'people.id', 'alarms.acknowledgedBy')
    .selectAll('alarms')
    .select(['devices.name as deviceName', 'areas.name as areaName', 'rules.definition', 'people.name as personName'])
    .select(
      sql<string | null>`(select o.id from work_orders o where o.incident_id = alarms.incident_id
        order by o.created_at desc, o.id desc limit 1)`.as('workOrderId'),
    )
    .where('alarms.id', 'in', ids)
    .orderBy('alarms.raisedAt')
    .orderBy('alarms.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    domain: row.domain,
    ruleId: row.ruleId,
    title: row.definition.title,
    guidance: row.definition.guidance,
    areaId: row.areaId,
    areaName: row.areaName,
    state: row.state,
    severity: row.severity,
    urgency: row.urgency,
    certainty: row.certainty,
    conditionActive: row.conditionActive,
    raisedAt: row.raisedAt.toISOString(),
    clearedAt: row.clearedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.personName,
    occurrences: row.occurrences,
    lastSeenAt: row.lastSeenAt.toISOString(),
    cause: row.cause,
    incidentId: row.incidentId,
    workOrderId: row.workOrderId,
  }));
}
