import type { Alarm } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** Alarms with the names a person reads: device, area, rule texts, who acknowledged, incident and its newest order. */
export const alarmView = (db: Kysely<Database>) =>
  db
    .selectFrom('alarms')
    .innerJoin('areas', 'areas.id', 'alarms.areaId')
    .innerJoin('devices', 'devices.id', 'alarms.deviceId')
    .innerJoin('rules', 'rules.id', 'alarms.ruleId')
    .leftJoin('people', 'people.id', 'alarms.acknowledgedBy')
    .selectAll('alarms')
    .select([
      placeName.as('areaName'),
      'devices.name as deviceName',
      'rules.definition as rule',
      'people.name as acknowledgedByName',
      sql<string | null>`(
        select id from work_orders where incident_id = alarms.incident_id order by sequence desc limit 1)`.as(
        'workOrderId',
      ),
    ]);

export type AlarmViewRow = Awaited<ReturnType<ReturnType<typeof alarmView>['executeTakeFirstOrThrow']>>;

export function toAlarm(row: AlarmViewRow): Alarm {
  return {
    id: row.id,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    domain: row.domain,
    ruleId: row.ruleId,
    title: row.rule.title,
    guidance: row.rule.guidance,
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
    acknowledgedBy: row.acknowledgedByName,
    occurrences: row.occurrences,
    lastSeenAt: row.lastSeenAt.toISOString(),
    cause: row.cause,
    incidentId: row.incidentId,
    workOrderId: row.workOrderId,
  };
}
