import { type HandoverGroup, handoverLimits, type HandoverItem } from '@sc/contracts';
import { areaScope, placeName } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { same } from './gathered-work.js';

const total = sql<number>`count(*) over ()`.as('total');
const nothing = { severity: null, light: null, number: null };
/** A window that begins within the next shift is its business. */
const aheadMs = 24 * 3_600_000;

/** Windows that are on or begin within a day; the next to end first. */
export async function maintenance(db: Kysely<Database>, areaId: string, now: number): Promise<HandoverGroup> {
  const rows = await db
    .selectFrom('maintenanceWindows')
    .innerJoin('areas', 'areas.id', 'maintenanceWindows.areaId')
    .innerJoin('people', 'people.id', 'maintenanceWindows.createdBy')
    .leftJoin('devices', 'devices.id', 'maintenanceWindows.deviceId')
    .select(['maintenanceWindows.id', 'startsAt', 'endsAt', 'reason', 'people.name as creator'])
    .select([placeName.as('areaName'), 'devices.name as deviceName', total])
    .where(areaScope(areaId))
    .where('endedAt', 'is', null)
    .where('endsAt', '>', new Date(now))
    .where('startsAt', '<', new Date(now + aheadMs))
    .orderBy('endsAt')
    .orderBy('maintenanceWindows.id')
    .limit(handoverLimits.items)
    .execute();
  const items = rows.map(({ id, startsAt, endsAt, reason, creator, areaName, deviceName }): HandoverItem => ({
    ...nothing,
    kind: 'maintenance',
    id,
    title: deviceName ? same(deviceName) : areaName,
    areaName,
    device: deviceName,
    state: startsAt.getTime() > now ? 'planned' : 'running',
    since: startsAt.toISOString(),
    until: endsAt.toISOString(),
    who: creator,
    reason,
  }));
  return { total: rows[0]?.total ?? 0, items };
}

/** Nobody listens to these; the newest first. */
export async function outOfService(db: Kysely<Database>, areaId: string): Promise<HandoverGroup> {
  const rows = await db
    .selectFrom('outOfService')
    .innerJoin('devices', 'devices.id', 'outOfService.deviceId')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .innerJoin('people', 'people.id', 'outOfService.takenBy')
    .leftJoin('rules', 'rules.id', 'outOfService.ruleId')
    .select(['outOfService.id', 'reason', 'takenAt', 'devices.name as deviceName', 'people.name as taker'])
    .select([placeName.as('areaName'), 'rules.definition as rule', total])
    .where(areaScope(areaId))
    .where('returnedAt', 'is', null)
    .orderBy('takenAt', 'desc')
    .orderBy('outOfService.id')
    .limit(handoverLimits.items)
    .execute();
  const items = rows.map(({ id, reason, takenAt, deviceName, taker, areaName, rule }): HandoverItem => ({
    ...nothing,
    kind: 'out-of-service',
    id,
    title: rule?.title ?? same(deviceName),
    areaName,
    device: deviceName,
    state: null,
    since: takenAt.toISOString(),
    until: null,
    who: taker,
    reason,
  }));
  return { total: rows[0]?.total ?? 0, items };
}

/** Devices that say nothing; those that fell silent last come first. */
export async function silentDevices(db: Kysely<Database>, areaId: string): Promise<HandoverGroup> {
  const rows = await db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select(['devices.id', 'devices.name', 'connection', 'lastSeenAt', placeName.as('areaName'), total])
    .where(areaScope(areaId))
    .where('devices.state', '=', 'registered')
    .where('connection', '<>', 'online')
    .orderBy(sql`last_seen_at desc nulls last`)
    .orderBy('devices.id')
    .limit(handoverLimits.items)
    .execute();
  const items = rows.map(({ id, name, connection, lastSeenAt, areaName }): HandoverItem => ({
    ...nothing,
    kind: 'device',
    id,
    title: same(name),
    areaName,
    device: name,
    state: connection,
    since: lastSeenAt?.toISOString() ?? null,
    until: null,
    who: null,
    reason: null,
  }));
  return { total: rows[0]?.total ?? 0, items };
}
