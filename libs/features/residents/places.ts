import { Inject, Injectable } from '@nestjs/common';
import { type Position, polygonsOf, type Text } from '@sc/contracts';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import type { Kysely } from 'kysely';

type Db = Kysely<Database>;
export type Area = Pick<Row<'areas'>, 'id' | 'kind' | 'name' | 'path' | 'shape'>;
export interface Place {
  area: Area;
  code: string;
  reportsOpen: boolean;
}

/** Places that residents reach by a code. */
@Injectable()
export class Places {
  constructor(@Inject(DATABASE) private readonly database: Db) {}

  async byCode(code: string, db: Db = this.database): Promise<Place | undefined> {
    const row = await db
      .selectFrom('residentPlaces as p')
      .innerJoin('areas', 'areas.id', 'p.areaId')
      .select(['p.code', 'p.reportsOpen', 'areas.id', 'areas.kind', 'areas.name', 'areas.path', 'areas.shape'])
      .where('p.code', '=', code)
      .executeTakeFirst();
    if (!row) return undefined;
    const { code: known, reportsOpen, ...area } = row;
    return { area, code: known, reportsOpen };
  }

  /** The place itself and what it lies in, up to the community; grids mean nothing to residents. */
  async names(path: readonly string[], db: Db = this.database): Promise<Text[]> {
    if (!path.length) return [];
    const rows = await db
      .selectFrom('areas')
      .select(['id', 'kind', 'name'])
      .where('id', 'in', [...path])
      .execute();
    const upwards = [...path].reverse().flatMap((id) => rows.find((row) => row.id === id) ?? []);
    return upwards
      .filter(({ kind }, n) => n === 0 || kind === 'building' || kind === 'community')
      .map(({ name }) => name);
  }
}

/** The middle of the box around it: enough to say what is near. */
export function middleOf({ shape }: Pick<Area, 'shape'>): Position | undefined {
  if (!shape) return undefined;
  const corners = polygonsOf(shape).flatMap(([outer]) => outer ?? []);
  const middle = (axis: 0 | 1) => {
    const values = corners.map((corner) => corner[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return [middle(0), middle(1)];
}
