import { Inject, Injectable } from '@nestjs/common';
import { finalWorkOrderStates, type KnownCase } from '@sc/contracts';
import { metresBetween } from '@sc/features/work-orders';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type Area, middleOf } from './places.js';
import { residentStepOf } from './steps.js';

type Db = Kysely<Database>;
const nearMetres = 100;
/** A degree of latitude is 111 km; of longitude less, the further from the equator. */
const boxDegrees = 0.002;
const mostShown = 20;

/**
 * Open cases of residents' kinds in the area of a code or near it. No case of an alarm, none where life is in danger: who reads this is
 * not known.
 */
@Injectable()
export class KnownCases {
  constructor(@Inject(DATABASE) private readonly database: Db) {}

  async at(area: Area, db: Db = this.database): Promise<KnownCase[]> {
    const middle = middleOf(area);
    const [west, south] = middle ? [middle[0] - boxDegrees, middle[1] - boxDegrees] : [0, 0];
    const near = middle
      ? sql<boolean>`(o.longitude between ${west} and ${west + 2 * boxDegrees} and o.latitude between ${south} and ${south + 2 * boxDegrees})`
      : sql<boolean>`false`;
    const here = sql<boolean>`areas.path @> array[${area.id}]::text[]`;
    const rows = await db
      .selectFrom('workOrders as o')
      .innerJoin('areas', 'areas.id', 'o.areaId')
      .innerJoin('catalogueEntries as kind', 'kind.code', 'o.category')
      .select([
        'o.id',
        'o.category',
        'kind.title',
        'o.state',
        'o.createdAt',
        'o.longitude',
        'o.latitude',
        here.as('here'),
      ])
      .where('o.state', 'not in', [...finalWorkOrderStates])
      .where('o.incidentId', 'is', null)
      .where('o.source', 'in', ['person', 'resident', 'round'])
      .where('o.severity', '<>', 'extreme')
      .where(sql<boolean>`kind.asked ->> 'residents' = 'true'`)
      .where(sql<boolean>`(${here} or ${near})`)
      .orderBy('o.createdAt', 'desc')
      .limit(200)
      .execute();
    return rows
      .filter(({ here: isHere, longitude, latitude }) =>
        isHere || (middle && longitude !== null && latitude !== null)
          ? isHere || metresBetween(middle!, [longitude!, latitude!]) <= nearMetres
          : false,
      )
      .sort((a, b) => Number(b.here) - Number(a.here))
      .slice(0, mostShown)
      .map(({ id, category, title, state, createdAt, here: isHere }) => ({
        id,
        category,
        title,
        step: residentStepOf(state),
        since: createdAt.toISOString(),
        here: isHere,
      }));
  }
}
