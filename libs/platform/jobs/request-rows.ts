import type { Text } from '@sc/contracts';
import type { Clock } from '@sc/platform/clock';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** Tables of long work that a person asks for: an export, a back-test, a staffing plan. Each has these columns beside its own. */
type RequestTable = 'exports' | 'backTests' | 'staffingPlans';
export interface RequestRow {
  id: string;
  personId: string;
}

export interface RequestLimits {
  /** Running, of all; a process runs one at a time. */
  running: number;
  /** Running, of one person; left out, as many as of all. */
  runningPerPerson?: number;
  /** Waiting and running, of one person and of all. */
  openPerPerson: number;
  open: number;
  /** Results and failures that one person keeps. */
  keptPerPerson: number;
  /** After its end. One that nobody begins is removed as late. */
  keptMs: number;
  /** A run that has not been heard of for so long is begun again, at most so often. */
  silentMs: number;
  attempts: number;
}

export interface RequestKind {
  table: RequestTable;
  /** Numbers of two locks that nobody else uses: of claiming and of asking. */
  claimLock: number;
  createLock: number;
  /** Beside the progress: the columns that count what is done, at the begin of a run. */
  counters: Readonly<Record<string, 0>>;
}

/** Why no more may be asked for now. */
export type TooMany = 'too-many-open' | 'too-many-kept';

/** What to do about it, for the answer of a request. */
export const tooManyWords: Record<TooMany, Text> = {
  'too-many-open': { en: 'wait for one to end, or cancel it', 'zh-CN': '请等待其中一个结束，或取消它' },
  'too-many-kept': { en: 'remove one first', 'zh-CN': '请先移除一个' },
};

const open = ['waiting', 'running'] as const;

/** The rows of such requests as a queue: claimed, kept alive by beats, ended. The truth is the row, whatever process runs it. */
export class RequestRows<Row extends RequestRow> {
  constructor(
    private readonly database: Kysely<Database>,
    private readonly time: Clock,
    private readonly bounds: RequestLimits,
    private readonly kind: RequestKind,
  ) {}

  /** The oldest that may run now, or nothing. Who claims does so alone, so that the number of runs is exact however many processes there are. */
  async claim(runner: string): Promise<Row | undefined> {
    return this.database.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${this.kind.claimLock})`.execute(db);
      const running = await db
        .selectFrom(this.table)
        .select(({ fn }) => ['personId', fn.countAll<number>().as('count')])
        .where('state', '=', 'running')
        .groupBy('personId')
        .execute();
      if (running.reduce((sum, { count }) => sum + count, 0) >= this.bounds.running) return undefined;
      const { runningPerPerson = Infinity } = this.bounds;
      const busy = running.filter(({ count }) => count >= runningPerPerson).map(({ personId }) => personId);
      let next = db.selectFrom(this.table).select('id').where('state', '=', 'waiting');
      if (busy.length) next = next.where('personId', 'not in', busy);
      const found = await next.orderBy('createdAt').limit(1).executeTakeFirst();
      if (!found) return undefined;
      const begun = { state: 'running' as const, runner, progress: 0, ...this.kind.counters };
      const row = await db
        .updateTable(this.table)
        .set({ ...begun, beatAt: sql`now()`, attempts: sql`attempts + 1` })
        .where('id', '=', found.id)
        .returningAll()
        .executeTakeFirst();
      return row as unknown as Row | undefined;
    });
  }

  /** @returns false when it is not this runner's any more: removed by its owner, or begun again by another */
  async beat(id: string, runner: string, progress: object): Promise<boolean> {
    return this.own(id, runner, { ...progress, beatAt: sql`now()` });
  }

  /** For whoever comes next; a stop in order does not count as an attempt. */
  async giveBack(id: string, runner: string): Promise<void> {
    await this.own(id, runner, { state: 'waiting', runner: null, progress: 0, attempts: sql`attempts - 1` });
  }

  /** Done or failed, with what is to be kept of it. @returns as {@link beat} */
  async end(id: string, runner: string, change: Record<string, unknown>): Promise<boolean> {
    return this.own(id, runner, { ...change, ...this.ended() });
  }

  /** Runs whose process is gone: begun again, or ended when that happened too often. */
  async recover(): Promise<void> {
    const silent = sql<boolean>`beat_at < now() - make_interval(secs => ${this.bounds.silentMs / 1000})`;
    await this.database
      .updateTable(this.table)
      .set({ state: 'failed', error: 'interrupted', ...this.ended() })
      .where('state', '=', 'running')
      .where('attempts', '>=', this.bounds.attempts)
      .where(silent)
      .execute();
    await this.database
      .updateTable(this.table)
      .set({ state: 'waiting', runner: null, progress: 0 })
      .where('state', '=', 'running')
      .where(silent)
      .execute();
  }

  /** Removes the rows whose time is over. @returns what they were */
  async expire(): Promise<Row[]> {
    const now = this.time.now();
    const rows = await this.database
      .deleteFrom(this.table)
      .where(({ or, and, eb }) =>
        or([
          eb('expiresAt', '<=', new Date(now)),
          and([eb('state', '=', 'waiting'), eb('createdAt', '<=', new Date(now - this.bounds.keptMs))]),
        ]),
      )
      .returningAll()
      .execute();
    return rows as unknown as Row[];
  }

  /** Whether the person may ask for one more; in the transaction that inserts it, one after the other. */
  async tooMany(db: Kysely<Database>, personId: string): Promise<TooMany | undefined> {
    await sql`select pg_advisory_xact_lock(${this.kind.createLock})`.execute(db);
    const all = await db
      .selectFrom(this.table)
      .select(({ fn }) => [
        fn.countAll<number>().filterWhere('state', 'in', open).as('open'),
        fn.countAll<number>().filterWhere('personId', '=', personId).as('own'),
        fn.countAll<number>().filterWhere('personId', '=', personId).filterWhere('state', 'in', open).as('ownOpen'),
      ])
      .executeTakeFirstOrThrow();
    if (all.ownOpen >= this.bounds.openPerPerson || all.open >= this.bounds.open) return 'too-many-open';
    return all.own >= this.bounds.keptPerPerson ? 'too-many-kept' : undefined;
  }

  /** The tables have these columns in common; one stands for all. */
  private get table(): 'backTests' {
    return this.kind.table as 'backTests';
  }

  private ended() {
    const now = this.time.now();
    return { runner: null, finishedAt: new Date(now), expiresAt: new Date(now + this.bounds.keptMs) };
  }

  private async own(id: string, runner: string, change: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable(this.table)
      .set(change)
      .where('id', '=', id)
      .where('runner', '=', runner)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
