import type { JobName } from '@sc/contracts';
import { type Queue, runMigrations } from 'bullmq';
import pg from 'pg';
import { type QueueConnection, within } from './connection.js';
import { openQueues, type LaneQueues } from './lane-queues.js';
import { type Lane, laneOf, lanes } from './lanes.js';

/** What travels through BullMQ: only the id of a row or of a bundle of rows. The row in `jobs` is the truth, the queue a hint to look at it. */
export interface Ticket {
  jobId: string;
}

/** One row, or a bundle of rows under its own id. */
export interface DueJob {
  id: string;
  name: JobName;
  attempts: number;
  dueAt: Date;
  urgent?: boolean;
  /** How many tickets of this attempt a worker took and never gave back. */
  again?: number;
}

/** Up to here one by one: on PostgreSQL, adding in bulk makes and drops two tables each time. */
const fewTickets = 8;

/** Longer than any single command may take, so that the loops that ask the queue never stand still. */
const limitMs = 15_000;

/** Creates BullMQ's own tables; once, in the deployment step that also runs our migrations. Redis needs none. */
export async function migrateQueue(connection: QueueConnection): Promise<void> {
  if (connection.kind === 'redis') return;
  const client = new pg.Client({ connectionString: connection.url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await runMigrations(client as unknown as Parameters<typeof runMigrations>[0]);
  } finally {
    await client.end();
  }
}

/** A new BullMQ job for each attempt of a row, so that one that ended never hides the next. */
export const ticketId = ({ id, attempts, again }: Pick<DueJob, 'id' | 'attempts' | 'again'>): string =>
  `${id}.${attempts}${again ? `.${again}` : ''}`;

/** The producing side of the queue. Every method rejects within 15 s when the backend is away, at once when that is known. */
export class JobQueue {
  private readonly queues: LaneQueues;

  constructor(connection: QueueConnection, onError: (error: Error) => void) {
    this.queues = openQueues(connection, onError);
  }

  /** Adding a ticket that is already there changes nothing. */
  async add(jobs: readonly DueJob[], now: number): Promise<void> {
    for (const lane of lanes) {
      const own = jobs.filter((job) => laneOf(job.name, job.urgent) === lane);
      if (!own.length) continue;
      const tickets = own.map((job) => ({
        name: job.name,
        data: { jobId: job.id } satisfies Ticket,
        opts: { jobId: ticketId(job), delay: Math.max(0, job.dueAt.getTime() - now) },
      }));
      await this.ask(lane, (queue) =>
        tickets.length > fewTickets
          ? queue.addBulk(tickets)
          : Promise.all(tickets.map(({ name, data, opts }) => queue.add(name, data, opts))),
      );
    }
  }

  /** Whether the queue still means to run this attempt of the row: `held` by a worker, or `waiting` for one. */
  stateOf(job: DueJob): Promise<'gone' | 'waiting' | 'held'> {
    return this.ask(laneOf(job.name, job.urgent), async (queue) => {
      const ticket = await queue.getJob(ticketId(job));
      if (!ticket) return 'gone';
      const state = await ticket.getState();
      if (state === 'active') return 'held';
      if (state !== 'completed' && state !== 'failed' && state !== 'unknown') return 'waiting';
      // A worker that holds it after all is proof of its life.
      return ticket.remove().then(
        () => 'gone',
        () => 'held',
      );
    });
  }

  /** Of all lanes together. */
  async counts(): Promise<Record<string, number>> {
    const total: Record<string, number> = {};
    for (const lane of lanes)
      for (const [state, count] of Object.entries(await this.countsOf(lane)))
        total[state] = (total[state] ?? 0) + count;
    return total;
  }

  countsOf(lane: Lane): Promise<Record<string, number>> {
    return this.ask(lane, (queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'));
  }

  async close(): Promise<void> {
    await within(limitMs, this.queues.close()).catch(() => undefined);
  }

  private async ask<T>(lane: Lane, question: (queue: Queue) => Promise<T>): Promise<T> {
    try {
      return await within(limitMs, question(this.queues.of(lane)));
    } catch (error) {
      this.queues.failed();
      throw error;
    }
  }
}
