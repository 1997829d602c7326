import type { AreaKind } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { DevicePlace } from './place.js';

/** Where registered devices are: all, or those named; who is not in the answer is not registered. @throws when PostgreSQL is away */
export async function loadPlaces(
  db: Kysely<Database>,
  deviceIds?: readonly string[],
): Promise<Map<string, DevicePlace>> {
  let select = db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select(['devices.id', 'devices.areaId', 'devices.labels', 'areas.path'])
    .where('devices.state', '=', 'registered');
  if (deviceIds) select = select.where('devices.id', 'in', [...deviceIds]);
  const devices = await select.execute();
  const kinds = await kindsOf(db, deviceIds ? [...new Set(devices.flatMap(({ path }) => path))] : undefined);
  // Devices of one area share what is the same of them.
  const areas = new Map(devices.map(({ areaId, path }) => [areaId, path.flatMap((id) => withKind(kinds, id))]));
  return new Map(devices.map(({ id, areaId, labels }) => [id, { areas: areas.get(areaId) ?? [], labels }]));
}

async function kindsOf(db: Kysely<Database>, ids: readonly string[] | undefined): Promise<Map<string, AreaKind>> {
  if (ids?.length === 0) return new Map();
  const select = db.selectFrom('areas').select(['id', 'kind']);
  const rows = await (ids ? select.where('id', 'in', ids) : select).execute();
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

function withKind(kinds: ReadonlyMap<string, AreaKind>, id: string): { id: string; kind: AreaKind }[] {
  const kind = kinds.get(id);
  return kind ? [{ id, kind }] : [];
}
