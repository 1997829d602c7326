import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { jobsOf, type Lane, lanes, takesUrgent } from './lanes.js';
import { Loop } from './loop.js';
import { type DueJob, type JobQueue, ticketId } from './queue.js';
import { JOB_QUEUE } from './tokens.js';
import { Wake } from './wake.js';

/** Later jobs stay in their row until they are this near; an order that moves takes its deadline along without a trace in the queue. */
const horizonMs = 60_000;
/** A row that should have run this long ago and has no ticket was forgotten by the queue. */
const overdueMs = 3_000;
/**
 * Looks of the sweep, two seconds apart, at which a worker holds the ticket of a row that should have run long ago. BullMQ takes a
 * dead worker's tickets back after seconds, but by the clock: set back an hour, it waits that hour. Handlers claim their row, so one
 * that is only slow may well meet itself.
 */
const heldLooks = 15;
const batch = 500;
/** Rows looked at in each lane: a lane that stands still cannot hide the rows of another. */
const window = 20_000;

/**
 * Hands due rows to the queue, a bundle of them as one ticket. The quick path takes rows not yet handed over since this process started; the sweep
 * (P5) looks, every two seconds, at every row that should have run by now and re-adds the ones the queue has lost,
 * or lets nobody have.
 */
@Injectable()
export class JobFeeder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Attempts already handed over, by row or bundle; bounded by the window of each lane. */
  private readonly handedOver = new Map<Lane, Map<string, number>>(lanes.map((lane) => [lane, new Map()]));
  /** Looks at which somebody held the ticket, by ticket of the first try. */
  private held = new Map<string, number>();
  /** Our clock at the last sweep; before the first one nobody knows how far ahead it was. */
  private sweptAt = Infinity;
  /** One for each lane: what takes long to hand over holds up no other. */
  private readonly loops: Loop[];
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
    this.loops = lanes.map(
      (lane) =>
        new Loop(() => this.feedOnce(lane), { idleMs: 500, maxBackoffMs: 5_000, onError: onError(`feed ${lane}`) }),
    );
    this.sweep = new Loop(() => this.sweepOnce(), { idleMs: 2_000, maxBackoffMs: 10_000, onError: onError('sweep') });
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.wake.on('jobs', () => this.loops.forEach((loop) => loop.wake()));
    for (const loop of [...this.loops, this.sweep]) loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe?.();
    await Promise.all([...this.loops, this.sweep].map((loop) => loop.stop()));
  }

  /** Hands over what is due in the lane within the horizon. @returns whether more may be waiting */
  async feedOnce(lane: Lane): Promise<boolean> {
    const now = this.clock.now();
    const handedOver = this.handedOver.get(lane)!;
    const due = await this.pending(lane, now + horizonMs, window);
    const fresh = due.filter(({ id, attempts }) => handedOver.get(id) !== attempts).slice(0, batch);
    await this.queue.add(fresh, now);
    for (const { id, attempts } of fresh) handedOver.set(id, attempts);
    const alive = new Set(due.map(({ id }) => id));
    for (const id of handedOver.keys()) if (!alive.has(id)) handedOver.delete(id);
    return fresh.length === batch;
  }

  /** Re-adds everything overdue that has no live ticket. @returns false: the next look is in two seconds */
  async sweepOnce(): Promise<boolean> {
    const now = this.clock.now();
    if (now < this.sweptAt) await this.bringBack(now);
    this.sweptAt = now;
    const held = new Map<string, number>();
    for (const lane of lanes) {
      const lost: DueJob[] = [];
      for (const job of await this.pending(lane, now - overdueMs, batch)) {
        const state = await this.queue.stateOf(job);
        if (state === 'gone') lost.push(job);
        if (state !== 'held') continue;
        const looks = (this.held.get(ticketId(job)) ?? 0) + 1;
        held.set(ticketId(job), looks);
        if (looks % heldLooks === 0) lost.push({ ...job, again: looks / heldLooks });
      }
      // While they were asked about one by one, many have been done: their tickets are gone because they are.
      const missing = await this.stillPending(lost);
      if (!missing.length) continue;
      this.logger.warn({ jobs: missing.length, lane }, 'jobs the queue had lost were added again');
      await this.queue.add(missing, now);
    }
    this.held = held;
    return false;
  }

  /** The clock was set back: what was made before to be done at once would wait until it is as late again. */
  private async bringBack(now: number): Promise<void> {
    const { numAffectedRows = 0n } = await sql`
      update jobs set due_at = ${new Date(now)}
      where state = 'pending' and due_at > ${new Date(now)} and due_at <= coalesce(replayed_at, created_at)`.execute(
      this.database,
    );
    if (numAffectedRows > 0n)
      this.logger.warn({ jobs: Number(numAffectedRows) }, 'the clock was set back: jobs of before are due at once');
  }

  private async stillPending(jobs: readonly DueJob[]): Promise<DueJob[]> {
    if (!jobs.length) return [];
    const ids = jobs.map(({ id }) => id);
    const { rows } = await sql<{ id: string; attempts: number }>`
      select coalesce(bundle, id) as id, attempts from jobs
      where state = 'pending' and (id = any(${ids}::uuid[]) or bundle = any(${ids}::uuid[]))`.execute(this.database);
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    return jobs.filter((job) => attempts.get(job.id) === job.attempts);
  }

  /** What is due, a bundle as one. */
  private async pending(lane: Lane, dueBefore: number, limit: number): Promise<DueJob[]> {
    const { rows } = await sql<DueJob>`
      select coalesce(bundle, id) as id, name, attempts, urgent, min(due_at) as due_at
      from (
        select * from jobs
        where state = 'pending' and name = any(${jobsOf(lane)}::text[]) and due_at <= ${new Date(dueBefore)}
          and (urgent = ${takesUrgent(lane) === true} or ${takesUrgent(lane) === 'both'})
        order by due_at limit ${window}
      ) due
      group by coalesce(bundle, id), name, attempts, urgent
      order by min(due_at) limit ${limit}`.execute(this.database);
    return rows;
  }
}
