import type { Device } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** Devices with their area (for the scope) and the number of alarms that are not back to normal. */
export const deviceView = (db: Kysely<Database>) =>
  db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select([
      'devices.id',
      'devices.domain',
      'devices.name',
      'devices.areaId',
      'devices.longitude',
      'devices.latitude',
      'devices.placement',
      'devices.labels',
      'devices.state',
      'devices.connection',
      'devices.lastSeenAt',
      'devices.replacedBy',
      sql<number>`(select count(*) from alarms where alarms.device_id = devices.id and alarms.state <> 'normal')`.as(
        'activeAlarms',
      ),
    ]);

type DeviceViewRow = Awaited<ReturnType<ReturnType<typeof deviceView>['executeTakeFirstOrThrow']>>;

export function toDevice({ longitude, latitude, lastSeenAt, ...row }: DeviceViewRow): Device {
  return {
    ...row,
    position: longitude === null || latitude === null ? null : [longitude, latitude],
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}
