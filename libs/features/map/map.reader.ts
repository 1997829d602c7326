import { Inject, Injectable } from '@nestjs/common';
import {
  type BlindSpots,
  type BlindSpotsQuery,
  type MapAlarm,
  type MapDevices,
  type MapQuery,
  mostBlindSpots,
  mostMapDevices,
  type Person,
  severities,
} from '@sc/contracts';
import { domains } from '@sc/domains';
import { asksToBeSeen } from '@sc/features/alarms';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { blindSpots } from './blind-spots.js';

const lifeSafetyKinds = new Set(domains.filter(({ lifeSafety }) => lifeSafety).map(({ name }) => name));
const hasAlarm = sql<boolean>`exists (select from alarms where alarms.device_id = devices.id and alarms.state <> 'normal')`;
/** Its rule waits for silence, and it holds: the device is not heard, whatever the connection says. */
const isSilent = sql<boolean>`exists (
  select from alarms join rules on rules.id = alarms.rule_id
  where alarms.device_id = devices.id and alarms.state <> 'normal' and alarms.condition_active
    and rules.definition -> 'condition' ->> 'kind' = 'silence')`;
const isOutOfService = sql<boolean>`exists (
  select from out_of_service
  where out_of_service.device_id = devices.id and out_of_service.rule_id is null and out_of_service.returned_at is null)`;

/** What the map shows, within the person's area. */
@Injectable()
export class MapReader {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Registered devices, and others whose alarms are still open: nothing that burns is left out. */
  async devices(person: Person, query: MapQuery): Promise<MapDevices> {
    let select = this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(['devices.id', 'domain', 'devices.name', 'areaId', 'longitude', 'latitude', 'connection'])
      .where(areaScope(person.areaId))
      .where(sql<boolean>`(devices.state = 'registered' or ${hasAlarm})`);
    if (query.areaId) select = select.where(areaScope(query.areaId));
    if (query.ids) select = select.where(sql<boolean>`devices.id = any(${query.ids})`);
    const rows = await select
      .orderBy(hasAlarm, 'desc')
      .orderBy('devices.id')
      .limit(mostMapDevices + 1)
      .execute();
    const alarms = await this.alarms(person, query);
    return {
      items: rows.slice(0, mostMapDevices).map(({ longitude, latitude, ...row }) => ({
        ...row,
        position: longitude === null || latitude === null ? null : [longitude, latitude],
        ...(alarms.has(row.id) ? { alarms: alarms.get(row.id)! } : {}),
      })),
      truncated: rows.length > mostMapDevices,
    };
  }

  private async alarms(person: Person, query: MapQuery): Promise<Map<string, MapAlarm[]>> {
    let select = this.db
      .selectFrom('alarms')
      .innerJoin('areas', 'areas.id', 'alarms.areaId')
      .innerJoin('rules', 'rules.id', 'alarms.ruleId')
      .leftJoin('maintenanceWindows as silencing', 'silencing.id', 'alarms.suppressingWindow')
      .select(['alarms.id', 'alarms.deviceId', 'rules.definition', 'alarms.severity', 'alarms.state'])
      .select(['alarms.raisedAt', 'alarms.incidentId'])
      .select(
        sql<string | null>`(
          select id from work_orders where incident_id = alarms.incident_id order by sequence desc limit 1)`.as(
          'workOrderId',
        ),
      )
      .where(areaScope(person.areaId))
      .where(asksToBeSeen);
    if (query.ids) select = select.where(sql<boolean>`alarms.device_id = any(${query.ids})`);
    const byDevice = new Map<string, MapAlarm[]>();
    for (const { deviceId, definition, raisedAt, ...row } of await select.execute()) {
      const there = byDevice.get(deviceId) ?? [];
      there.push({ ...row, title: definition.title, raisedAt: raisedAt.toISOString() });
      byDevice.set(deviceId, there);
    }
    const rank = ({ severity }: MapAlarm) => severities.indexOf(severity);
    for (const list of byDevice.values()) list.sort((a, b) => rank(a) - rank(b));
    return byDevice;
  }

  /** Judged by the connection, the open alarms and what was taken out of service, as all of them stand now. */
  async blindSpots(person: Person, { areaId, domain }: BlindSpotsQuery): Promise<BlindSpots> {
    const places = await this.db
      .selectFrom('areas')
      .select(['id', 'kind', 'path', sql<boolean>`shape is not null`.as('drawn')])
      .where(areaScope(person.areaId))
      .orderBy('path')
      .execute();
    const guards = await this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(['devices.id', 'devices.name', 'domain', 'areaId', 'connection', 'lastSeenAt'])
      .select([isSilent.as('silent'), isOutOfService.as('out')])
      .where(areaScope(person.areaId))
      .where('devices.state', '=', 'registered')
      .orderBy('devices.id')
      .execute();
    const judged = guards.map(({ connection, silent, out, lastSeenAt, ...row }) => ({
      ...row,
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
      why: out
        ? ('out-of-service' as const)
        : connection !== 'online'
          ? connection
          : silent
            ? ('silent' as const)
            : undefined,
    }));
    const paths = new Map(places.map(({ id, path }) => [id, path]));
    const found = blindSpots(places, judged, lifeSafetyKinds).filter(
      (spot) => (!areaId || paths.get(spot.areaId)?.includes(areaId)) && (!domain || spot.domain === domain),
    );
    return {
      items: found.slice(0, mostBlindSpots),
      truncated: found.length > mostBlindSpots,
      count: found.length,
      at: new Date(this.clock.now()).toISOString(),
    };
  }
}
