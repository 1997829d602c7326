import { Inject, Injectable } from '@nestjs/common';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { ExportError } from './export-failure.js';
import { EXPORT_LIMITS, type ExportLimits } from './limits.js';

export type ExportRow = Row<'exports'>;
export interface ExportProgress {
  progress: number;
  rows: number;
  bytes: number;
}

/** Who claims does so alone, so that the number of runs is exact however many processes there are. */
const claimLock = 7_241_936;

/** The rows of exports as a queue: claimed, kept alive by beats, ended. */
@Injectable()
export class ExportStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EXPORT_LIMITS) private readonly limits: ExportLimits,
  ) {}

  /** The oldest that may run now, or nothing. */
  async claim(runner: string): Promise<ExportRow | undefined> {
    return this.db.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${claimLock})`.execute(db);
      const running = await db
        .selectFrom('exports')
        .select(({ fn }) => ['personId', fn.countAll<number>().as('count')])
        .where('state', '=', 'running')
        .groupBy('personId')
        .execute();
      if (running.reduce((sum, { count }) => sum + count, 0) >= this.limits.running) return undefined;
      const busy = running.filter(({ count }) => count >= this.limits.runningPerPerson).map(({ personId }) => personId);
      let next = db.selectFrom('exports').select('id').where('state', '=', 'waiting');
      if (busy.length) next = next.where('personId', 'not in', busy);
      const found = await next.orderBy('createdAt').limit(1).executeTakeFirst();
      if (!found) return undefined;
      return db
        .updateTable('exports')
        .set(({ eb }) => ({
          state: 'running',
          runner,
          beatAt: sql`now()`,
          attempts: eb('attempts', '+', 1),
          progress: 0,
          rows: 0,
          bytes: 0,
        }))
        .where('id', '=', found.id)
        .returningAll()
        .executeTakeFirst();
    });
  }

  /** @returns false when it is not this runner's any more: removed by its owner, or begun again by another */
  async beat(id: string, runner: string, progress: ExportProgress): Promise<boolean> {
    return this.own(id, runner, { ...progress, beatAt: sql`now()` });
  }

  async done(id: string, runner: string, progress: ExportProgress): Promise<boolean> {
    return this.own(id, runner, { ...progress, state: 'done', progress: 1, ...this.ended() });
  }

  async failed(id: string, runner: string, error: ExportError): Promise<void> {
    await this.own(id, runner, { state: 'failed', error, bytes: 0, ...this.ended() });
  }

  /** For whoever comes next; a stop in order does not count as an attempt. */
  async giveBack(id: string, runner: string): Promise<void> {
    await this.own(id, runner, { state: 'waiting', runner: null, progress: 0, attempts: sql`attempts - 1` });
  }

  /** Runs whose process is gone: begun again, or ended when that happened too often. */
  async recover(): Promise<void> {
    const silent = sql<boolean>`beat_at < now() - make_interval(secs => ${this.limits.silentMs / 1000})`;
    await this.db
      .updateTable('exports')
      .set({ state: 'failed', error: 'interrupted', ...this.ended() })
      .where('state', '=', 'running')
      .where('attempts', '>=', this.limits.attempts)
      .where(silent)
      .execute();
    await this.db
      .updateTable('exports')
      .set({ state: 'waiting', runner: null, progress: 0 })
      .where('state', '=', 'running')
      .where(silent)
      .execute();
  }

  /** Removes the rows whose time is over. */
  async expire(): Promise<ExportRow[]> {
    const now = this.clock.now();
    return this.db
      .deleteFrom('exports')
      .where(({ or, and, eb }) =>
        or([
          eb('expiresAt', '<=', new Date(now)),
          and([eb('state', '=', 'waiting'), eb('createdAt', '<=', new Date(now - this.limits.keptMs))]),
        ]),
      )
      .returningAll()
      .execute();
  }

  async known(): Promise<Map<string, { running: boolean }>> {
    const rows = await this.db.selectFrom('exports').select(['id', 'state']).execute();
    return new Map(rows.map(({ id, state }) => [id, { running: state === 'running' }]));
  }

  /** Whether the person is still there and may still see every one of these devices (P9). */
  async mayRead({ personId, deviceIds }: Pick<ExportRow, 'personId' | 'deviceIds'>): Promise<boolean> {
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
      .updateTable('exports')
      .set(change)
      .where('id', '=', id)
      .where('runner', '=', runner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
