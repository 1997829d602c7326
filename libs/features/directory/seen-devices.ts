import type { Person } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { areaScope } from './area-scope.js';
import { refusals } from './refusals.js';

export interface DeviceQuestion {
  deviceIds?: string[] | undefined;
  areaId?: string | undefined;
  /** Registered devices of these domains only. */
  domains?: readonly string[];
  /** More are refused. */
  most: number;
}

/** Devices that the person sees; those that are named must be among them. @throws ProblemError `not-found`, `invalid-request` */
export async function devicesSeenBy(db: Kysely<Database>, person: Person, asked: DeviceQuestion): Promise<string[]> {
  const { deviceIds, areaId, domains, most } = asked;
  let visible = db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select('devices.id')
    .where(areaScope(person.areaId));
  if (domains) visible = visible.where('devices.domain', 'in', domains).where('devices.state', '=', 'registered');
  const wanted = deviceIds && [...new Set(deviceIds)];
  if (wanted) visible = visible.where(sql<boolean>`devices.id = any(${wanted})`);
  if (areaId !== undefined) visible = visible.where(areaScope(areaId));
  const rows = await visible
    .orderBy('devices.id')
    .limit(most + 1)
    .execute();
  if ((wanted && rows.length < wanted.length) || rows.length === 0)
    throw new ProblemError('not-found', refusals.noDevices(domains));
  if (rows.length > most) throw new ProblemError('invalid-request', refusals.tooManyDevices(most));
  return rows.map(({ id }) => id);
}

/** Whether the person is still there and may still see every one of these devices (P9). */
export async function maySeeDevices(
  db: Kysely<Database>,
  { personId, deviceIds }: { personId: string; deviceIds: string[] },
): Promise<boolean> {
  const person = await db
    .selectFrom('people')
    .select('areaId')
    .where('id', '=', personId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!person) return false;
  const { count } = await db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(sql<boolean>`devices.id = any(${deviceIds})`)
    .where(areaScope(person.areaId))
    .executeTakeFirstOrThrow();
  return count === deviceIds.length;
}
