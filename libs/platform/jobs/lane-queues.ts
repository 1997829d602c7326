import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type QueueConnection, queuePool, QueueUnavailableError, redisReconnect } from './connection.js';
import { type Lane, lanes } from './lanes.js';

export const queueNames: Record<Lane, string> = {
  urgent: 'smart-community-urgent',
  default: 'smart-community',
  outside: 'smart-community-outside',
  messages: 'smart-community-messages',
  alerts: 'smart-community-alerts',
};
/** Connections of each pool: one hands over, one sweeps. */
const producing = 2;
/** A row's attempts count, not BullMQ's; what has ended leaves nothing behind. */
const defaultJobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** The producing side of BullMQ, one queue for each lane. */
export interface LaneQueues {
  /** @throws QueueUnavailableError at once when the backend is known to be away */
  of(lane: Lane): Queue;
  /** To be told of every error of a queue. */
  failed(): void;
  close(): Promise<void>;
}

export function openQueues(connection: QueueConnection, onError: (error: Error) => void): LaneQueues {
  return connection.kind === 'redis'
    ? new RedisQueues(connection.url, onError)
    : new PostgresQueues(connection.url, onError);
}

class PostgresQueues implements LaneQueues {
  private readonly queues: Record<Lane, Queue>;

  constructor(url: string, onError: (error: Error) => void) {
    const bull = withBackend(createPostgresBackend);
    const open = (lane: Lane): Queue => {
      const queue = new bull.Queue(queueNames[lane], {
        connection: queuePool(url, producing),
        defaultJobOptions,
      }) as unknown as Queue;
      queue.on('error', onError);
      return queue;
    };
    this.queues = perLane(open);
  }

  of(lane: Lane): Queue {
    return this.queues[lane];
  }

  failed(): void {
    // Its pool makes new connections by itself.
  }

  async close(): Promise<void> {
    await Promise.all(lanes.map((lane) => this.queues[lane].close()));
  }
}

/**
 * All lanes on one connection that fails fast: nothing is kept in memory for a Redis that is away, because the rows keep it. A BullMQ
 * queue whose first words with the server failed stays broken, so after an error all are made anew.
 */
class RedisQueues implements LaneQueues {
  private readonly redis: Redis;
  private queues: Record<Lane, Queue> | undefined;

  constructor(
    url: string,
    private readonly onError: (error: Error) => void,
  ) {
    this.redis = new Redis(url, {
      ...redisReconnect,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 5_000,
    });
    this.redis.on('error', onError);
  }

  of(lane: Lane): Queue {
    if (this.redis.status !== 'ready') throw new QueueUnavailableError(`Redis is ${this.redis.status}`);
    this.queues ??= perLane((name) => this.open(name));
    return this.queues[lane];
  }

  failed(): void {
    const queues = this.queues;
    this.queues = undefined;
    if (queues) for (const lane of lanes) void queues[lane].close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.failed();
    this.redis.disconnect();
  }

  private open(lane: Lane): Queue {
    const queue = new Queue(queueNames[lane], { connection: this.redis, defaultJobOptions });
    queue.on('error', this.onError);
    return queue;
  }
}

const perLane = (open: (lane: Lane) => Queue): Record<Lane, Queue> =>
  Object.fromEntries(lanes.map((lane) => [lane, open(lane)])) as Record<Lane, Queue>;
