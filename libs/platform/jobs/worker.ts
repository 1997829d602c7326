import { createPostgresBackend, withBackend, Worker } from 'bullmq';
import { type QueueConnection, redisReconnect } from './connection.js';
import { queueNames } from './lane-queues.js';
import type { Lane } from './lanes.js';
import type { Ticket } from './queue.js';

/** PostgreSQL connections of each pool. */
const consuming: Record<Lane, number> = { default: 6, outside: 3 };

/**
 * The consuming side of one lane. A killed worker's job is taken over after 7 s at most (lock 5 s, looked at every 2 s); it may be
 * killed as often as it likes, because giving up is decided by the row's attempts, not by BullMQ. While the backend is away it waits.
 */
export function createWorker(
  connection: QueueConnection,
  lane: Lane,
  concurrency: number,
  run: (ticket: Ticket) => Promise<void>,
  onError: (error: Error) => void,
): Worker {
  const process = async (job: { data: unknown }): Promise<void> => run(job.data as Ticket);
  const options = {
    concurrency,
    lockDuration: 5_000,
    stalledInterval: 2_000,
    maxStalledCount: 1_000,
    autorun: false,
  };
  const name = queueNames[lane];
  const worker =
    connection.kind === 'redis'
      ? new Worker(name, process, {
          ...options,
          connection: { url: connection.url, ...redisReconnect, maxRetriesPerRequest: null },
        })
      : (new (withBackend(createPostgresBackend).Worker)(name, process, {
          ...options,
          connection: { connectionString: connection.url, max: consuming[lane], connectionTimeoutMillis: 10_000 },
        }) as unknown as Worker);
  worker.on('error', onError);
  return worker;
}
