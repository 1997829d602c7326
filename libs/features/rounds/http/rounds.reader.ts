import { Inject, Injectable } from '@nestjs/common';
import { type Page, type Person, type Round, type RoundDetail, roundLimits, type RoundQuery } from '@sc/contracts';
import { areaScope, Directory, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { refusals } from '../refusals.js';
import { checkPointsOf, stepsOf } from './round-points.js';

const states = { open: ['planned', 'started'], missed: ['missed'], ended: ['done', 'missed', 'cancelled'] } as const;

/** Rounds as one person may see them: those of their area, and those that are or were in their hands. */
@Injectable()
export class RoundsReader {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is open in the order of its start, what is over the newest first. */
  async list(person: Person, query: RoundQuery): Promise<Page<Round>> {
    const upwards = query.state === 'open';
    let select = this.view(person);
    if (query.state !== 'all') select = select.where('rounds.state', 'in', states[query.state]);
    if (query.assignee === 'mine') select = select.where('rounds.assigneeId', '=', person.id);
    if (query.planId) select = select.where('rounds.planId', '=', query.planId);
    if (query.cursor) {
      const [startsAt, id] = decodeCursor(query.cursor, 2);
      const beyond = upwards ? sql`>` : sql`<`;
      select = select.where(
        sql<boolean>`(rounds.starts_at, rounds.id::text) ${beyond} (to_timestamp(${startsAt}::float8 / 1000), ${id})`,
      );
    }
    const direction = upwards ? 'asc' : 'desc';
    const rows = await select
      .orderBy('rounds.startsAt', direction)
      .orderBy(sql`rounds.id::text`, direction)
      .limit(query.limit + 1)
      .execute();
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: await Promise.all(shown.map((row) => this.toRound(person, row))),
      nextCursor: rows.length > query.limit && last ? encodeCursor([last.startsAt.getTime(), last.id]) : null,
    };
  }

  /** @throws ProblemError `not-found`, also for one that the person may not see */
  async detail(person: Person, id: string): Promise<RoundDetail> {
    const row = await this.view(person).where('rounds.id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noRound);
    const [round, checkPoints, steps] = await Promise.all([
      this.toRound(person, row),
      checkPointsOf(this.db, row),
      stepsOf(this.db, id),
    ]);
    return { ...round, checkPoints, steps };
  }

  view(person: Person) {
    return this.db
      .selectFrom('rounds')
      .innerJoin('areas', 'areas.id', 'rounds.areaId')
      .leftJoin('people as assignee', 'assignee.id', 'rounds.assigneeId')
      .leftJoin('people as ender', 'ender.id', 'rounds.endedBy')
      .selectAll('rounds')
      .select([placeName.as('areaName'), 'assignee.name as assigneeName', 'ender.name as endedByName'])
      .where(({ or }) => or([areaScope(person.areaId), sql<boolean>`${person.id}::uuid = any(rounds.holder_ids)`]));
  }

  private async toRound(person: Person, row: ViewRow): Promise<Round> {
    return {
      id: row.id,
      planId: row.planId,
      title: row.title,
      areaId: row.areaId,
      areaName: row.areaName,
      startsAt: row.startsAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      state: row.state,
      assigneeId: row.assigneeId,
      assigneeName: row.assigneeName,
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      endedByName: row.endedByName,
      progress: {
        required: row.required,
        answered: row.answered,
        failed: row.failed,
        skipped: row.skipped,
        withoutScan: row.withoutScan,
      },
      allowedActions: await this.allowedActions(person, row),
    };
  }

  private async allowedActions(person: Person, row: ViewRow): Promise<Round['allowedActions']> {
    if (row.state !== 'planned' && row.state !== 'started') return [];
    const now = this.clock.now();
    const isNow = now >= +row.startsAt - roundLimits.earlyMinutes * 60_000 && now <= +row.dueAt;
    const inScope = await this.directory.isInScope(person.areaId, row.areaId);
    if (person.role !== 'officer') return inScope ? ['assign', 'cancel'] : [];
    if (row.assigneeId === person.id) return isNow ? ['answer'] : [];
    return inScope ? ['take'] : [];
  }
}

export type ViewRow = Awaited<ReturnType<ReturnType<RoundsReader['view']>['execute']>>[number];
