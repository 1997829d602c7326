import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { jobsOf, type Lane, lanes } from './lanes.js';
import { Loop } from './loop.js';
import type { DueJob, JobQueue } from './queue.js';
import { JOB_QUEUE } from './tokens.js';
import { Wake } from './wake.js';

/** Later jobs stay in their row until they are this near; an order that moves takes its deadline along without a trace in the queue. */
const horizonMs = 60_000;
/** A row that should have run this long ago and has no ticket was forgotten by the queue. */
const overdueMs = 3_000;
const batch = 500;
/** Rows looked at in each lane: a lane that stands still cannot hide the rows of another. */
const window = 20_000;

/**
 * Hands due rows to the queue. The quick path takes rows not yet handed over since this process started; the sweep
 * (P5) looks, every two seconds, at every row that should have run by now and re-adds the ones the queue has lost.
 */
@Injectable()
export class JobFeeder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Attempts already handed over, by row; bounded by the window of each lane. */
  private readonly handedOver = new Map<string, number>();
  private readonly loop: Loop;
  private readonly sweep: Loop;
  private unsubscribe?: () => void;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly wake: Wake,
  ) {
    const onError = (task: string) => (error: unknown, failures: number) =>
      logger.warn({ err: error, failures, task }, 'job feeder failed, trying again');
    this.loop = new Loop(() => this.feedOnce(), { idleMs: 500, maxBackoffMs: 5_000, onError: onError('feed') });
    this.sweep = new Loop(() => this.sweepOnce(), { idleMs: 2_000, maxBackoffMs: 10_000, onError: onError('sweep') });
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.wake.on('jobs', () => this.loop.wake());
    this.loop.start();
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe?.();
    await Promise.all([this.loop.stop(), this.sweep.stop()]);
  }

  /** Hands over what is due within the horizon. @returns whether more may be waiting */
  async feedOnce(): Promise<boolean> {
    const now = this.clock.now();
    const alive = new Set<string>();
    let more = false;
    for (const lane of lanes) {
      const rows = await this.pending(lane, now + horizonMs);
      const fresh = rows.filter((row) => this.handedOver.get(row.id) !== row.attempts).slice(0, batch);
      await this.queue.add(fresh, now);
      for (const row of rows) alive.add(row.id);
      for (const row of fresh) this.handedOver.set(row.id, row.attempts);
      more ||= fresh.length === batch;
    }
    for (const id of this.handedOver.keys()) if (!alive.has(id)) this.handedOver.delete(id);
    return more;
  }

  /** Re-adds every overdue row that has no live ticket. @returns false: the next look is in two seconds */
  async sweepOnce(): Promise<boolean> {
    const now = this.clock.now();
    for (const lane of lanes) {
      const lost: DueJob[] = [];
      for (const row of await this.pending(lane, now - overdueMs, batch))
        if (!(await this.queue.isLive(row))) lost.push(row);
      // While they were asked about one by one, many have been done: their tickets are gone because they are.
      const missing = await this.stillPending(lost);
      if (!missing.length) continue;
      this.logger.warn({ jobs: missing.length, lane }, 'jobs the queue had lost were added again');
      await this.queue.add(missing, now);
    }
    return false;
  }

  private async stillPending(jobs: readonly DueJob[]): Promise<DueJob[]> {
    if (!jobs.length) return [];
    const rows = await this.database
      .selectFrom('jobs')
      .select(['id', 'attempts'])
      .where('state', '=', 'pending')
      .where(
        'id',
        'in',
        jobs.map(({ id }) => id),
      )
      .execute();
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    return jobs.filter((job) => attempts.get(job.id) === job.attempts);
  }

  private pending(lane: Lane, dueBefore: number, limit = window): Promise<DueJob[]> {
    return this.database
      .selectFrom('jobs')
      .select(['id', 'name', 'attempts', 'dueAt'])
      .where('state', '=', 'pending')
      .where('name', 'in', jobsOf(lane))
      .where('dueAt', '<=', new Date(dueBefore))
      .orderBy('dueAt')
      .limit(limit)
      .execute();
  }
}
