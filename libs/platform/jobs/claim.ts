import type { JobName } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Transaction } from '@sc/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type { Job } from './job.js';

/**
 * Marks jobs as done. In a transaction, the first statement of a handler: a second delivery of the same job waits for
 * the first one's commit on the row and then sees that there is nothing left to do.
 */
@Injectable()
export class JobClaims {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns false when the job is already done: leave without effect */
  async claim(transaction: Transaction, job: Job<JobName>): Promise<boolean> {
    return this.markDone(transaction.db, job);
  }

  /**
   * Of many jobs those that are ours now. What another delivery holds is left out rather than waited for: whoever holds locks
   * of other rows may then ask.
   */
  async claimAll<N extends JobName>({ db }: Transaction, jobs: readonly Job<N>[]): Promise<Job<N>[]> {
    if (!jobs.length) return [];
    const { rows } = await sql<{ id: string }>`
      update jobs set state = 'done', finished_at = ${new Date(this.clock.now())}
      where id in (
        select id from jobs where id = any(${jobs.map(({ id }) => id)}::uuid[]) and state = 'pending' for update skip locked)
      returning id`.execute(db);
    const ours = new Set(rows.map(({ id }) => id));
    return jobs.filter(({ id }) => ours.has(id));
  }

  /** Claims that turned out to be for nothing, in the same transaction. */
  async giveBack({ db }: Transaction, jobs: readonly Job<JobName>[]): Promise<void> {
    if (!jobs.length) return;
    await sql`
      update jobs set state = 'pending', finished_at = null where id = any(${jobs.map(({ id }) => id)}::uuid[])`.execute(
      db,
    );
  }

  /** For handlers whose effect is outside PostgreSQL: after the effect. A crash between the two repeats the effect, which therefore carries the event's id. */
  async finish(job: Job<JobName>): Promise<void> {
    await this.markDone(this.database, job);
  }

  private async markDone(db: Kysely<Database>, job: Job<JobName>): Promise<boolean> {
    const result = await db
      .updateTable('jobs')
      .set({ state: 'done', finishedAt: new Date(this.clock.now()) })
      .where('id', '=', job.id)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }
}
