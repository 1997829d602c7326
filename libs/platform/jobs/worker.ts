import { createPostgresBackend, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type QueueConnection, queuePool, redisReconnect, within } from './connection.js';
import { queueNames } from './lane-queues.js';
import type { Lane } from './lanes.js';
import type { Ticket } from './queue.js';

/** PostgreSQL connections of each pool. */
const consuming: Record<Lane, number> = { urgent: 4, default: 4, outside: 3, messages: 3, alerts: 3 };
/** Handlers under way get this long; then the connections are cut. */
const closeLimitMs = 10_000;
const forceLimitMs = 3_000;

export interface LaneWorker {
  /** Resolves when it has stopped taking jobs. */
  run(): Promise<void>;
  /** Lets the handlers under way finish. A queue that is away cannot be told of the end: what was taken comes back after its lock. */
  close(): Promise<void>;
}

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
): LaneWorker {
  const running = new Set<Promise<void>>();
  const process = async (job: { data: unknown }): Promise<void> => {
    const work = run(job.data as Ticket);
    running.add(work);
    await work.finally(() => running.delete(work));
  };
  const options = {
    concurrency,
    lockDuration: 5_000,
    stalledInterval: 2_000,
    maxStalledCount: 1_000,
    autorun: false,
  };
  const { worker, isThere, cut } =
    connection.kind === 'redis'
      ? onRedis(connection.url, (redis) => new Worker(queueNames[lane], process, { ...options, connection: redis }))
      : {
          worker: new (withBackend(createPostgresBackend).Worker)(queueNames[lane], process, {
            ...options,
            connection: queuePool(connection.url, consuming[lane]),
          }) as unknown as Worker,
          isThere: () => true,
          cut: () => undefined,
        };
  worker.on('error', onError);
  return {
    run: () => worker.run(),
    close: async () => {
      // BullMQ's own patient close waits for ever for a Redis that is away, and leaves its timers running.
      if (!isThere()) {
        await within(forceLimitMs, worker.pause(true)).catch(onError);
        await within(closeLimitMs, Promise.allSettled(running)).catch(onError);
      }
      await within(closeLimitMs, worker.close(!isThere())).catch(onError);
      cut();
    },
  };
}

/** BullMQ makes a second connection from ours to wait on. While Redis is away it closes neither, so both are ours to cut. */
function onRedis(url: string, make: (redis: Redis) => Worker) {
  const redis = new Redis(url, { ...redisReconnect, maxRetriesPerRequest: null });
  const connections = [redis];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const second = duplicate(override);
    // Without a listener ioredis prints what goes wrong after the worker has let go of it.
    second.on('error', () => undefined);
    connections.push(second);
    return second;
  };
  redis.on('error', () => undefined);
  const cut = (): void => {
    for (const one of connections) one.disconnect();
  };
  return { worker: make(redis), isThere: () => redis.status === 'ready', cut };
}
