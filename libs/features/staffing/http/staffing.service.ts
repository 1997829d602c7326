import { Inject, Injectable } from '@nestjs/common';
import { type CreateStaffingPlan, type Person, staffingLimits, type StaffingPlan } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { tooManyWords } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { refusals } from '../refusals.js';
import { casesOfTable } from '../sources/table-cases.js';
import { officersAsked } from '../staffing-of-variant.js';
import { StaffingRunner } from '../staffing-runner.js';
import { StaffingSourceReader } from '../staffing-sources.js';
import { StaffingStore } from '../staffing-store.js';
import { staffingView } from './staffing-view.js';

@Injectable()
export class StaffingService {
  constructor(
    private readonly runner: StaffingRunner,
    private readonly store: StaffingStore,
    private readonly sources: StaffingSourceReader,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (an area out of sight), `invalid-request` (also: lines of the table), `too-many-plans` */
  async create(person: Person, request: CreateStaffingPlan): Promise<StaffingPlan> {
    const places = await this.sources.places();
    const areaId = request.areaId ?? person.areaId;
    const isSeen = (id: string) => places.path(id).includes(person.areaId);
    const areas = [areaId, ...request.variants.flatMap(({ blocks }) => blocks.map((block) => block.areaId))];
    const unseen = areas.find((id) => !isSeen(id));
    if (unseen !== undefined)
      throw new ProblemError('not-found', commonRefusals.noArea, [
        { path: 'areaId', message: refusals.noAreaCalled(unseen) },
      ]);
    for (const [n, variant] of request.variants.entries())
      if (officersAsked(variant) > staffingLimits.officers)
        throw new ProblemError('invalid-request', refusals.tooManyOfficers(staffingLimits.officers), [
          { path: `variants.${n}.blocks`, message: refusals.mostOfficers(staffingLimits.officers) },
        ]);
    if (request.csv !== undefined) {
      const isArea = (id: string) => places.path(id).includes(areaId);
      const { problems } = casesOfTable(request.csv, { hours: this.sources.hours, isArea });
      if (problems.length)
        throw new ProblemError(
          'invalid-request',
          refusals.unreadable,
          problems.map(({ line, column, message }) => ({ path: `csv.${line}.${column}`, message })),
        );
    }
    const row = await this.db.transaction().execute(async (db) => {
      const tooMany = await this.store.tooMany(db, person.id);
      if (tooMany) throw new ProblemError('too-many-plans', tooManyWords[tooMany]);
      return db
        .insertInto('staffingPlans')
        .values({
          id: this.ids.next(),
          personId: person.id,
          areaId,
          question: json(request),
          state: 'waiting',
          createdAt: new Date(this.clock.now()),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    this.runner.wake();
    return staffingView(row);
  }

  /** The person's own, newest first. */
  async list(person: Person): Promise<StaffingPlan[]> {
    const rows = await this.db
      .selectFrom('staffingPlans')
      .selectAll()
      .where('personId', '=', person.id)
      .orderBy('createdAt', 'desc')
      .orderBy('id')
      .limit(100)
      .execute();
    return rows.map((row) => staffingView(row));
  }

  /** Rights are those of now: the result names people. @throws ProblemError `not-found`, `forbidden` */
  async find(person: Person, id: string): Promise<StaffingPlan> {
    const row = await this.db
      .selectFrom('staffingPlans')
      .selectAll()
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noPlan);
    if (row.result && !(await this.store.mayRead(row))) throw new ProblemError('forbidden', refusals.areaOutOfSight);
    return staffingView(row, row.result);
  }

  /** Ends it where it runs, and removes it. */
  async remove(person: Person, id: string): Promise<void> {
    const { numDeletedRows } = await this.db
      .deleteFrom('staffingPlans')
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ProblemError('not-found', refusals.noPlan);
    this.runner.cancel(id);
  }
}
