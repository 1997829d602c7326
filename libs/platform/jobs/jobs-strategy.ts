import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { jobNames, jobSchemas, type JobName } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { lastValueFrom } from 'rxjs';
import type { QueueConnection } from './connection.js';
import type { JobFailures } from './failures.js';
import { type Job, JOBS_TRANSPORT, UnrecoverableJobError } from './job.js';
import { type Lane, outsideConcurrency } from './lanes.js';
import type { Ticket } from './queue.js';
import { createWorker, type LaneWorker } from './worker.js';

export interface JobsStrategyOptions {
  connection: QueueConnection;
  /** Jobs handled at once in this process, beside those that wait for other programs; each may hold a database connection. */
  concurrency: number;
  database: Kysely<Database>;
  failures: JobFailures;
  logger: Logger;
}

/** Nest transport that feeds `@JobHandler` methods from the queue: one call per job, guards and pipes included. */
export class JobsStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = JOBS_TRANSPORT;
  private workers: LaneWorker[] = [];

  constructor(private readonly options: JobsStrategyOptions) {
    super();
  }

  /** @throws Error when a kind of job has no handler: the program must not start and leave work lying */
  listen(callback: (error?: unknown) => void): void {
    const missing = jobNames.filter((name) => !this.getHandlerByPattern(name));
    if (missing.length) return callback(new Error(`no handler for the jobs: ${missing.join(', ')}`));
    const doubled = jobNames.filter((name) => this.getHandlerByPattern(name)?.next);
    if (doubled.length) return callback(new Error(`more than one handler for the jobs: ${doubled.join(', ')}`));
    this.workers = [this.work('default', this.options.concurrency), this.work('outside', outsideConcurrency)];
    callback();
  }

  /** Lets the handlers under way finish; what was not begun stays in its row. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  on(): void {
    throw new Error('the jobs transport has no events to listen to');
  }

  unwrap<T>(): T {
    return this.workers as T;
  }

  private work(lane: Lane, concurrency: number): LaneWorker {
    const { connection, logger } = this.options;
    const worker = createWorker(
      connection,
      lane,
      concurrency,
      (ticket) => this.run(ticket),
      (error) => logger.warn({ err: error, lane }, 'queue worker: error'),
    );
    void worker.run().catch((error: unknown) => logger.error({ err: error, lane }, 'queue worker stopped'));
    return worker;
  }

  private async run(ticket: Ticket): Promise<void> {
    const { database, failures } = this.options;
    const row = await database
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', ticket.jobId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    if (!row) return;
    const job: Job = {
      id: row.id,
      name: row.name,
      subject: row.subject,
      payload: row.payload as Job['payload'],
      attempts: row.attempts,
    };
    try {
      await this.handle(job);
    } catch (error) {
      await failures.record(job, error);
    }
  }

  private async handle(job: Job<JobName>): Promise<void> {
    const handler = this.getHandlerByPattern(job.name);
    const payload = jobSchemas[job.name]?.safeParse(job.payload);
    if (!handler || !payload?.success) throw new UnrecoverableJobError(`no handler takes this job: ${job.name}`);
    await lastValueFrom(this.transformToObservable(await handler(job)), { defaultValue: undefined });
  }
}
