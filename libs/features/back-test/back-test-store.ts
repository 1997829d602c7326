import { Inject, Injectable } from '@nestjs/common';
import type { BackTestResult } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { BackTestError } from './back-test-failure.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from './limits.js';

export type BackTestRow = Row<'backTests'>;
export interface BackTestProgress {
  progress: number;
  readings: number;
}

/** Who claims does so alone, so that the number of runs is exact however many processes there are. */
const claimLock = 7_241_938;

/** The rows of back-tests as a queue: claimed, kept alive by beats, ended. */
@Injectable()
export class BackTestStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BACK_TEST_LIMITS) private readonly limits: BackTestLimits,
  ) {}

  /** The oldest that may run now, or nothing. */
  async claim(runner: string): Promise<BackTestRow | undefined> {
    return this.db.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${claimLock})`.execute(db);
      const { running } = await db
        .selectFrom('backTests')
        .select(({ fn }) => fn.countAll<number>().as('running'))
        .where('state', '=', 'running')
        .executeTakeFirstOrThrow();
      if (running >= this.limits.running) return undefined;
      const found = await db
        .selectFrom('backTests')
        .select('id')
        .where('state', '=', 'waiting')
        .orderBy('createdAt')
        .limit(1)
        .executeTakeFirst();
      if (!found) return undefined;
      return db
        .updateTable('backTests')
        .set(({ eb }) => ({
          state: 'running',
          runner,
          beatAt: sql`now()`,
          attempts: eb('attempts', '+', 1),
          progress: 0,
          readings: 0,
        }))
        .where('id', '=', found.id)
        .returningAll()
        .executeTakeFirst();
    });
  }

  /** @returns false when it is not this runner's any more: removed by its owner, or begun again by another */
  async beat(id: string, runner: string, progress: BackTestProgress): Promise<boolean> {
    return this.own(id, runner, { ...progress, beatAt: sql`now()` });
  }

  async done(id: string, runner: string, readings: number, result: BackTestResult): Promise<boolean> {
    return this.own(id, runner, { readings, result: json(result), state: 'done', progress: 1, ...this.ended() });
  }

  async failed(id: string, runner: string, error: BackTestError): Promise<void> {
    await this.own(id, runner, { state: 'failed', error, ...this.ended() });
  }

  /** For whoever comes next; a stop in order does not count as an attempt. */
  async giveBack(id: string, runner: string): Promise<void> {
    await this.own(id, runner, { state: 'waiting', runner: null, progress: 0, attempts: sql`attempts - 1` });
  }

  /** Runs whose process is gone: begun again, or ended when that happened too often. */
  async recover(): Promise<void> {
    const silent = sql<boolean>`beat_at < now() - make_interval(secs => ${this.limits.silentMs / 1000})`;
    await this.db
      .updateTable('backTests')
      .set({ state: 'failed', error: 'interrupted', ...this.ended() })
      .where('state', '=', 'running')
      .where('attempts', '>=', this.limits.attempts)
      .where(silent)
      .execute();
    await this.db
      .updateTable('backTests')
      .set({ state: 'waiting', runner: null, progress: 0 })
      .where('state', '=', 'running')
      .where(silent)
      .execute();
  }

  /** Removes the rows whose time is over. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    await this.db
      .deleteFrom('backTests')
      .where(({ or, and, eb }) =>
        or([
          eb('expiresAt', '<=', new Date(now)),
          and([eb('state', '=', 'waiting'), eb('createdAt', '<=', new Date(now - this.limits.keptMs))]),
        ]),
      )
      .execute();
  }

  /** Whether the person is still there and may still see every one of these devices (P9). */
  async mayRead({ personId, deviceIds }: Pick<BackTestRow, 'personId' | 'deviceIds'>): Promise<boolean> {
    const person = await this.db
      .selectFrom('people')
      .select('areaId')
      .where('id', '=', personId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (!person) return false;
    const { count } = await this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(sql<boolean>`devices.id = any(${deviceIds})`)
      .where(areaScope(person.areaId))
      .executeTakeFirstOrThrow();
    return count === deviceIds.length;
  }

  private ended() {
    const now = this.clock.now();
    return { runner: null, finishedAt: new Date(now), expiresAt: new Date(now + this.limits.keptMs) };
  }

  private async own(id: string, runner: string, change: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('backTests')
      .set(change)
      .where('id', '=', id)
      .where('runner', '=', runner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
