import type { Bridge } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Bridges with their area (for the scope). */
export const bridgeView = (db: Kysely<Database>) =>
  db
    .selectFrom('bridges')
    .innerJoin('areas', 'areas.id', 'bridges.areaId')
    .select([
      'bridges.id',
      'bridges.kind',
      'bridges.name',
      'bridges.areaId',
      'bridges.topicPrefix',
      'bridges.baseUrl',
      'bridges.state',
      'bridges.connection',
      'bridges.reviewedUntil',
    ]);

type BridgeViewRow = Awaited<ReturnType<ReturnType<typeof bridgeView>['executeTakeFirstOrThrow']>>;

/** With the cameras in use under each. */
export async function toBridges(db: Kysely<Database>, rows: readonly BridgeViewRow[]): Promise<Bridge[]> {
  if (rows.length === 0) return [];
  const cameras = await db
    .selectFrom('devices')
    .select(['id', 'name', 'bridgeId', 'externalId'])
    .where(
      'bridgeId',
      'in',
      rows.map(({ id }) => id),
    )
    .where('state', '=', 'registered')
    .orderBy('id')
    .execute();
  return rows.map(({ reviewedUntil, ...row }) => ({
    ...row,
    reviewedUntil: reviewedUntil?.toISOString() ?? null,
    cameras: cameras
      .filter(({ bridgeId }) => bridgeId === row.id)
      .map(({ id, name, externalId }) => ({ deviceId: id, name, externalId: externalId ?? '' })),
  }));
}

export async function bridgeOf(db: Kysely<Database>, id: string): Promise<Bridge> {
  const [bridge] = await toBridges(db, [await bridgeView(db).where('bridges.id', '=', id).executeTakeFirstOrThrow()]);
  return bridge!;
}
