import { Inject, Injectable } from '@nestjs/common';
import type { Person, RoundPlan } from '@sc/contracts';
import { areaScope, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { upcoming } from '../recurrence/occurrences.js';
import { refusals } from '../refusals.js';

const latelyMs = 30 * 86_400_000;
const shownStarts = 3;

/** Plans of a person's area, with what comes next and how it went lately. */
@Injectable()
export class RoundPlansReader {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order of their names. */
  async list(person: Person): Promise<RoundPlan[]> {
    const rows = await this.view(person)
      .orderBy(sql`round_plans.title ->> 'en'`)
      .orderBy('roundPlans.id')
      .execute();
    return this.toPlans(rows);
  }

  /** @throws ProblemError `not-found`, also for one outside the person's area */
  async find(person: Person, id: string): Promise<RoundPlan> {
    const [plan] = await this.toPlans(await this.view(person).where('roundPlans.id', '=', id).execute());
    if (!plan) throw new ProblemError('not-found', refusals.noPlan);
    return plan;
  }

  view(person: Person) {
    return this.db
      .selectFrom('roundPlans')
      .innerJoin('areas', 'areas.id', 'roundPlans.areaId')
      .leftJoin('teams', (join) => join.on(sql`round_plans.assignee ->> 'teamId'`, '=', sql`teams.id::text`))
      .leftJoin('people', (join) => join.on(sql`round_plans.assignee ->> 'personId'`, '=', sql`people.id::text`))
      .selectAll('roundPlans')
      .select([placeName.as('areaName'), 'teams.name as teamName', 'people.name as personName'])
      .where('roundPlans.removedAt', 'is', null)
      .where(areaScope(person.areaId));
  }

  private async toPlans(rows: readonly ViewRow[]): Promise<RoundPlan[]> {
    const ids = rows.map(({ id }) => id);
    const [points, lately] = await Promise.all([this.pointsOf(ids), this.latelyOf(ids)]);
    const now = this.clock.now();
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      areaId: row.areaId,
      areaName: row.areaName,
      recurrence: row.recurrence,
      windowMinutes: row.windowMinutes,
      assignee: row.assignee,
      assigneeName: row.teamName ?? row.personName,
      category: row.category,
      enabled: row.enabled,
      checkPoints: points
        .filter(({ planId }) => planId === row.id)
        .map(({ id, key, definition, codeMadeAt }) => ({
          id,
          key,
          ...definition,
          codeMadeAt: codeMadeAt?.toISOString() ?? null,
        })),
      next: row.enabled ? upcoming(row.recurrence, now, shownStarts).map((at) => new Date(at).toISOString()) : [],
      lately: lately.get(row.id) ?? { done: 0, missed: 0, failedItems: 0 },
      updatedAt: row.updatedAt.toISOString(),
    }));
  }

  private pointsOf(planIds: readonly string[]) {
    return this.db
      .selectFrom('checkPoints')
      .select(['id', 'planId', 'key', 'definition', 'codeMadeAt'])
      .where(sql<boolean>`plan_id = any(${planIds}::uuid[])`)
      .where('removedAt', 'is', null)
      .orderBy('place')
      .execute();
  }

  private async latelyOf(planIds: readonly string[]) {
    const rows = await this.db
      .selectFrom('rounds')
      .select(({ fn }) => [
        'planId',
        fn.countAll<number>().filterWhere('state', '=', 'done').as('done'),
        fn.countAll<number>().filterWhere('state', '=', 'missed').as('missed'),
        sql<number>`coalesce(sum(failed), 0)::int`.as('failedItems'),
      ])
      .where(sql<boolean>`plan_id = any(${planIds}::uuid[])`)
      .where('startsAt', '>', new Date(this.clock.now() - latelyMs))
      .groupBy('planId')
      .execute();
    return new Map(rows.map(({ planId, ...figures }) => [planId, figures]));
  }
}

type ViewRow = Awaited<ReturnType<ReturnType<RoundPlansReader['view']>['execute']>>[number];
