import type { JobName } from '@sc/contracts';
import { createPostgresBackend, runMigrations, withBackend, type Queue, type Worker } from 'bullmq';
import pg from 'pg';
import { type Lane, laneOf, lanes } from './lanes.js';

const bull = withBackend(createPostgresBackend);
const queueNames: Record<Lane, string> = { default: 'smart-community', outside: 'smart-community-outside' };
/** Of each pool; the lane outside carries little, and PostgreSQL counts every connection. */
const producing: Record<Lane, number> = { default: 4, outside: 2 };
const consuming: Record<Lane, number> = { default: 6, outside: 3 };

/** What travels through BullMQ: only the row's id. The row in `jobs` is the truth, the queue a hint to look at it. */
export interface Ticket {
  jobId: string;
}

export interface DueJob {
  id: string;
  name: JobName;
  attempts: number;
  dueAt: Date;
}

/** Creates BullMQ's own tables; once, in the deployment step that also runs our migrations. */
export async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await runMigrations(client as unknown as Parameters<typeof runMigrations>[0]);
  } finally {
    await client.end();
  }
}

/** A new BullMQ job for each attempt of a row, so that one that ended never hides the next. */
export const ticketId = (job: Pick<DueJob, 'id' | 'attempts'>): string => `${job.id}.${job.attempts}`;

/** The producing side of the queue: one BullMQ queue for each lane. */
export class JobQueue {
  private readonly queues: Record<Lane, Queue>;

  constructor(url: string, onError: (error: Error) => void) {
    const open = (lane: Lane): Queue => {
      const queue = new bull.Queue(queueNames[lane], {
        connection: { connectionString: url, max: producing[lane], connectionTimeoutMillis: 10_000 },
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      }) as unknown as Queue;
      queue.on('error', onError);
      return queue;
    };
    this.queues = { default: open('default'), outside: open('outside') };
  }

  /** Adding a ticket that is already there changes nothing. */
  async add(jobs: readonly DueJob[], now: number): Promise<void> {
    for (const lane of lanes) {
      const own = jobs.filter((job) => laneOf(job.name) === lane);
      if (!own.length) continue;
      await this.queues[lane].addBulk(
        own.map((job) => ({
          name: job.name,
          data: { jobId: job.id } satisfies Ticket,
          opts: { jobId: ticketId(job), delay: Math.max(0, job.dueAt.getTime() - now) },
        })),
      );
    }
  }

  /** Whether the queue still means to run this attempt of the row. */
  async isLive(job: DueJob): Promise<boolean> {
    const ticket = await this.queues[laneOf(job.name)].getJob(ticketId(job));
    if (!ticket) return false;
    const state = await ticket.getState();
    if (state !== 'completed' && state !== 'failed' && state !== 'unknown') return true;
    await ticket.remove();
    return false;
  }

  /** Of both lanes together. */
  async counts(): Promise<Record<string, number>> {
    const total: Record<string, number> = {};
    for (const lane of lanes) {
      const counts = await this.queues[lane].getJobCounts('waiting', 'active', 'delayed', 'failed');
      for (const [state, count] of Object.entries(counts)) total[state] = (total[state] ?? 0) + count;
    }
    return total;
  }

  async close(): Promise<void> {
    await Promise.all(lanes.map((lane) => this.queues[lane].close()));
  }
}

/**
 * The consuming side of one lane. A killed worker's job is taken over after 7 s at most (lock 5 s, looked at every 2 s); it may be
 * killed as often as it likes, because giving up is decided by the row's attempts, not by BullMQ.
 */
export function createWorker(
  url: string,
  lane: Lane,
  concurrency: number,
  run: (ticket: Ticket) => Promise<void>,
  onError: (error: Error) => void,
): Worker {
  const worker = new bull.Worker(queueNames[lane], async (job: { data: unknown }) => run(job.data as Ticket), {
    connection: { connectionString: url, max: consuming[lane], connectionTimeoutMillis: 10_000 },
    concurrency,
    lockDuration: 5_000,
    stalledInterval: 2_000,
    maxStalledCount: 1_000,
    autorun: false,
  }) as unknown as Worker;
  worker.on('error', onError);
  return worker;
}
