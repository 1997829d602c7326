import { Inject, Injectable } from '@nestjs/common';
import type { Person, ResidentPlaceCode, WriteResidentPlace } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { newPlaceCode } from './codes.js';
import { dayMs } from './kept-days.js';

/** Codes of places: made, renewed and switched by staff. */
@Injectable()
export class PlaceCodes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those of the person's area. */
  async list(person: Person): Promise<ResidentPlaceCode[]> {
    const month = new Date(this.clock.now() - 30 * dayMs);
    const rows = await this.database
      .selectFrom('residentPlaces as p')
      .innerJoin('areas', 'areas.id', 'p.areaId')
      .select(['p.areaId', 'areas.name as areaName', 'p.code', 'p.reportsOpen', 'p.madeAt'])
      .select(
        sql<number>`(select count(*)::int from resident_links l
          where l.area_id = p.area_id and l.kind = 'report' and l.created_at > ${month})`.as('recentReports'),
      )
      .where(areaScope(person.areaId))
      .orderBy('areas.path')
      .execute();
    return rows.map(({ madeAt, ...row }) => ({ ...row, madeAt: madeAt.toISOString() }));
  }

  /** The first time it makes a code; later only when asked to: then sheets with the old one lead nowhere. */
  async write(person: Person, areaId: string, { reportsOpen, renew }: WriteResidentPlace): Promise<ResidentPlaceCode> {
    await this.unitOfWork.run(async ({ db, audit }) => {
      const area = await db.selectFrom('areas').select('id').where('id', '=', areaId).executeTakeFirst();
      if (!area || !(await this.directory.isInScope(person.areaId, areaId, db)))
        throw new ProblemError('not-found', commonRefusals.noAreaOfYours);
      const made = { code: newPlaceCode(), madeBy: person.id, madeAt: new Date(this.clock.now()) };
      const added = await db
        .insertInto('residentPlaces')
        .values({ areaId, reportsOpen, ...made })
        .onConflict((conflict) => conflict.column('areaId').doNothing())
        .returning('areaId')
        .executeTakeFirst();
      if (!added)
        await db
          .updateTable('residentPlaces')
          .set({ reportsOpen, ...(renew ? made : {}) })
          .where('areaId', '=', areaId)
          .execute();
      audit({
        actor: { kind: 'person', id: person.id },
        action: added ? 'resident-place.opened' : renew ? 'resident-place.renewed' : 'resident-place.switched',
        subjectType: 'area',
        subjectId: areaId,
        change: { reportsOpen },
      });
    });
    const known = await this.list(person);
    return known.find((place) => place.areaId === areaId)!;
  }
}
