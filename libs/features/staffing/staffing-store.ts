import { Inject, Injectable } from '@nestjs/common';
import type { StaffingResult } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { plansKept } from './limits.js';
import type { StaffingError } from './staffing-failure.js';

export type StaffingRow = Row<'staffingPlans'>;

/** Who claims does so alone, so that the number of runs is exact however many processes there are. */
const claimLock = 7_241_944;

/** The rows of plans as a queue: claimed, kept alive by beats, ended. */
@Injectable()
export class StaffingStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** The oldest that may run now, or nothing. */
  async claim(runner: string): Promise<StaffingRow | undefined> {
    return this.db.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${claimLock})`.execute(db);
      const running = await db
        .selectFrom('staffingPlans')
        .select('id')
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (running) return undefined;
      const found = await db
        .selectFrom('staffingPlans')
        .select('id')
        .where('state', '=', 'waiting')
        .orderBy('createdAt')
        .limit(1)
        .executeTakeFirst();
      if (!found) return undefined;
      return db
        .updateTable('staffingPlans')
        .set(({ eb }) => ({
          state: 'running',
          runner,
          beatAt: sql`now()`,
          attempts: eb('attempts', '+', 1),
          progress: 0,
        }))
        .where('id', '=', found.id)
        .returningAll()
        .executeTakeFirst();
    });
  }

  /** @returns false when it is not this runner's any more: removed by its owner, or begun again by another */
  async beat(id: string, runner: string, progress: number): Promise<boolean> {
    return this.own(id, runner, { progress, beatAt: sql`now()` });
  }

  async done(id: string, runner: string, result: StaffingResult): Promise<boolean> {
    return this.own(id, runner, { result: json(result), state: 'done', progress: 1, ...this.ended() });
  }

  async failed(id: string, runner: string, error: StaffingError): Promise<void> {
    await this.own(id, runner, { state: 'failed', error, ...this.ended() });
  }

  /** For whoever comes next; a stop in order does not count as an attempt. */
  async giveBack(id: string, runner: string): Promise<void> {
    await this.own(id, runner, { state: 'waiting', runner: null, progress: 0, attempts: sql`attempts - 1` });
  }

  /** Runs whose process is gone: begun again, or ended when that happened too often. What expired is removed. */
  async tidy(): Promise<void> {
    const silent = sql<boolean>`beat_at < now() - make_interval(secs => ${plansKept.silentMs / 1000})`;
    await this.db
      .updateTable('staffingPlans')
      .set({ state: 'failed', error: 'interrupted', ...this.ended() })
      .where('state', '=', 'running')
      .where('attempts', '>=', plansKept.attempts)
      .where(silent)
      .execute();
    await this.db
      .updateTable('staffingPlans')
      .set({ state: 'waiting', runner: null, progress: 0 })
      .where('state', '=', 'running')
      .where(silent)
      .execute();
    await this.db.deleteFrom('staffingPlans').where('expiresAt', '<=', new Date(this.clock.now())).execute();
  }

  /** Whether the person is still there, answers for others, and still sees the area (P9). */
  async mayRead({ personId, areaId }: Pick<StaffingRow, 'personId' | 'areaId'>): Promise<boolean> {
    const person = await this.db
      .selectFrom('people')
      .select(['areaId', 'role'])
      .where('id', '=', personId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (person?.role !== 'manager' && person?.role !== 'admin') return false;
    return this.directory.isInScope(person.areaId, areaId);
  }

  private ended() {
    const now = this.clock.now();
    return { runner: null, finishedAt: new Date(now), expiresAt: new Date(now + plansKept.keptMs) };
  }

  private async own(id: string, runner: string, change: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('staffingPlans')
      .set(change)
      .where('id', '=', id)
      .where('runner', '=', runner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
