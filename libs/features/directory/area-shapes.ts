import type { AreaShapeCheck, CheckAreaShape, Person, Position, Shape } from '@sc/contracts';
import { polygonsOf } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { areaScope } from './area-scope.js';
import { checkShape, squareMetresOf } from './geo/check-shape.js';
import { isInside } from './geo/rings.js';
import { isWithin } from './geo/is-within.js';

const mostNamed = 20;

/** The shape of the nearest area above that has one; `path` leads from the root to the area itself. */
export async function shapeAbove(db: Kysely<Database>, path: readonly string[]): Promise<Shape | null> {
  const above = await db
    .selectFrom('areas')
    .select('shape')
    .where(sql<boolean>`id = any(${path.slice(0, -1)}::text[])`)
    .where('shape', 'is not', null)
    .orderBy(sql`cardinality(path)`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return above?.shape ?? null;
}

/** @throws ProblemError `not-found` outside the person's area */
export async function checkAreaShape(
  db: Kysely<Database>,
  person: Person,
  id: string,
  { shape: drawn }: CheckAreaShape,
): Promise<AreaShapeCheck> {
  const area = await db
    .selectFrom('areas')
    .select(['kind', 'path'])
    .where('id', '=', id)
    .where(areaScope(person.areaId))
    .executeTakeFirst();
  if (!area) throw new ProblemError('not-found', commonRefusals.noArea);
  const { shape, issues } = checkShape(drawn, area.kind, await shapeAbove(db, area.path));
  return {
    issues,
    shape,
    squareMetres: shape ? Math.round(squareMetresOf(shape)) : 0,
    // The last corner of a ring is its first.
    corners: shape ? polygonsOf(shape).reduce((sum, [outer]) => sum + outer!.length - 1, 0) : 0,
    strayAreas: shape ? await strayAreas(db, id, shape) : [],
    strayDevices: shape ? await strayDevices(db, id, shape) : { count: 0, items: [] },
  };
}

async function strayAreas(db: Kysely<Database>, id: string, shape: Shape): Promise<AreaShapeCheck['strayAreas']> {
  const children = await db
    .selectFrom('areas')
    .select(['id', 'name', 'shape'])
    .where('parentId', '=', id)
    .where('shape', 'is not', null)
    .orderBy('id')
    .execute();
  const isStray = (of: Shape) => polygonsOf(of).some(([outer]) => outer!.some((corner) => !isWithin(corner, shape)));
  return children
    .filter((child) => child.shape && isStray(child.shape))
    .slice(0, mostNamed)
    .map((child) => ({ id: child.id, name: child.name }));
}

async function strayDevices(db: Kysely<Database>, id: string, shape: Shape): Promise<AreaShapeCheck['strayDevices']> {
  const rows = await db
    .selectFrom('devices')
    .innerJoin('areas', 'areas.id', 'devices.areaId')
    .select(['devices.id', 'devices.name', 'longitude', 'latitude'])
    .where(areaScope(id))
    .where('devices.state', '=', 'registered')
    .where('longitude', 'is not', null)
    .orderBy('devices.id')
    .execute();
  const stray = rows.filter(({ longitude, latitude }) => !isInside([longitude, latitude] as Position, shape));
  return {
    count: stray.length,
    items: stray.slice(0, mostNamed).map(({ id: deviceId, name }) => ({ id: deviceId, name })),
  };
}
