import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { jobNames, jobSchemas } from '@sc/contracts';
import type { Database, Row } from '@sc/platform/database';
import type { Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { lastValueFrom } from 'rxjs';
import { runBundle } from './bundle-runner.js';
import type { QueueConnection } from './connection.js';
import type { JobFailures } from './failures.js';
import { bundlePattern, type Job, JOBS_TRANSPORT, UnrecoverableJobError } from './job.js';
import { type Lane, messagesConcurrency, outsideConcurrency } from './lanes.js';
import type { Ticket } from './queue.js';
import { Slots, Turns } from './slots.js';
import { createWorker, type LaneWorker } from './worker.js';

/** Taken from a lane at once. Most of them wait for a slot or their turn, which costs nothing. */
const ticketsAtOnce = 16;

export interface JobsStrategyOptions {
  connection: QueueConnection;
  /** Jobs handled at once in this process, beside those that wait for other programs; each may hold a database connection. */
  concurrency: number;
  database: Kysely<Database>;
  failures: JobFailures;
  logger: Logger;
}

/** Nest transport that feeds `@JobHandler` methods from the queue: one call per job or bundle, guards and pipes included. */
export class JobsStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = JOBS_TRANSPORT;
  private readonly turns = new Turns();
  private workers: LaneWorker[] = [];
  private stopping = false;

  constructor(private readonly options: JobsStrategyOptions) {
    super();
  }

  /** @throws Error when a kind of job has no handler: the program must not start and leave work lying */
  listen(callback: (error?: unknown) => void): void {
    const missing = jobNames.filter((name) => !this.getHandlerByPattern(name));
    if (missing.length) return callback(new Error(`no handler for the jobs: ${missing.join(', ')}`));
    const doubled = jobNames.filter((name) => this.getHandlerByPattern(name)?.next);
    if (doubled.length) return callback(new Error(`more than one handler for the jobs: ${doubled.join(', ')}`));
    const slots = new Slots(this.options.concurrency);
    this.workers = [
      this.work('urgent', slots, ticketsAtOnce),
      this.work('default', slots, ticketsAtOnce),
      this.work('outside', new Slots(outsideConcurrency), outsideConcurrency),
      this.work('messages', new Slots(messagesConcurrency), messagesConcurrency),
      this.work('alerts', new Slots(messagesConcurrency), messagesConcurrency),
    ];
    callback();
  }

  /** Lets the handlers under way finish; what was not begun stays in its row. */
  async close(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  on(): void {
    throw new Error('the jobs transport has no events to listen to');
  }

  unwrap<T>(): T {
    return this.workers as T;
  }

  private work(lane: Lane, slots: Slots, tickets: number): LaneWorker {
    const { connection, logger } = this.options;
    const worker = createWorker(
      connection,
      lane,
      tickets,
      (ticket) => this.run(ticket, slots),
      (error) => logger.warn({ err: error, lane }, 'queue worker: error'),
    );
    void worker.run().catch((error: unknown) => logger.error({ err: error, lane }, 'queue worker stopped'));
    return worker;
  }

  private async run({ jobId }: Ticket, slots: Slots): Promise<void> {
    const rows = await this.pendingOf(jobId);
    const [first] = rows;
    if (!first) return;
    const jobs = rows.map(toJob);
    const handler = jobs.length > 1 ? this.getHandlerByPattern(bundlePattern(first.name)) : undefined;
    const alone = (job: Job) => slots.run(first.urgent, () => this.handleAlone(job));
    if (!handler) {
      for (const job of jobs) if (!this.stopping) await alone(job);
      return;
    }
    // Two bundles of one kind would open the same incidents: the second finds them open when it is its turn.
    await this.turns.run(`${first.name} ${first.urgent}`, () =>
      runBundle(jobs, {
        together: (some) => slots.run(first.urgent, () => this.call(handler, some)),
        alone,
        stillPending: (some) => this.stillPending(some),
        onRefused: (error, some) =>
          this.options.logger.warn({ err: error, job: first.name, jobs: some.length }, 'bundle of jobs divided'),
        stopping: () => this.stopping,
      }),
    );
  }

  private pendingOf(ticketId: string): Promise<Row<'jobs'>[]> {
    return this.options.database
      .selectFrom('jobs')
      .selectAll()
      .where(({ or, eb }) => or([eb('id', '=', ticketId), eb('bundle', '=', ticketId)]))
      .where('state', '=', 'pending')
      .orderBy('id')
      .execute();
  }

  private async stillPending(jobs: readonly Job[]): Promise<Job[]> {
    if (!jobs.length) return [];
    const { rows } = await sql<{ id: string; attempts: number }>`
      select id, attempts from jobs where id = any(${jobs.map(({ id }) => id)}::uuid[]) and state = 'pending'`.execute(
      this.options.database,
    );
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    return jobs.filter((job) => attempts.get(job.id) === job.attempts);
  }

  private async handleAlone(job: Job): Promise<void> {
    try {
      const handler = this.getHandlerByPattern(job.name);
      const payload = jobSchemas[job.name]?.safeParse(job.payload);
      if (!handler || !payload?.success) throw new UnrecoverableJobError(`no handler takes this job: ${job.name}`);
      await this.call(handler, job);
    } catch (error) {
      await this.options.failures.record(job, error);
    }
  }

  private async call(handler: MessageHandler, data: unknown): Promise<void> {
    await lastValueFrom(this.transformToObservable(await handler(data)), { defaultValue: undefined });
  }
}

const toJob = ({ id, name, subject, payload, attempts }: Row<'jobs'>): Job => ({
  id,
  name,
  subject,
  payload: payload as Job['payload'],
  attempts,
});
