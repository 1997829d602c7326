import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { StoredEvent } from '@sc/contracts';
import { DATABASE, type Database, lastOutboxPosition, readOutbox } from '@sc/platform/database';
import { Loop, Wake } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

/** Events kept in memory for clients that are nearly up to date; about 2 MB. */
const ringSize = 5000;
const page = 1000;
/** Without a wake-up (another process wrote) the tail looks this often. */
const pollMs = 500;

/** Reads new events from the outbox, once for all clients of this process. */
@Injectable()
export class OutboxTail implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners = new Set<() => void>();
  private ring: StoredEvent[] = [];
  /** Everything after this position and up to `last` is in the ring. */
  private floor = 0;
  private last: number | undefined;
  private readonly loop: Loop;
  private unsubscribe: (() => void) | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly wake: Wake,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new Loop(() => this.step(), {
      idleMs: pollMs,
      maxBackoffMs: 5000,
      onError: (err, failures) => {
        if (failures === 1) logger.warn({ err }, 'live stream: outbox not readable; tried again');
      },
    });
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.wake.on('outbox', () => this.loop.wake());
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe?.();
    await this.loop.stop();
  }

  /** The newest position read; `undefined` until the outbox could be read once. */
  get head(): number | undefined {
    return this.last;
  }

  /** Called when there are new events. */
  onEvents(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Events after `position` in commit order, at most `limit`; from memory, or from PostgreSQL when they are older than that. */
  async after(position: number, limit: number): Promise<StoredEvent[]> {
    if (position < this.floor) return readOutbox(this.database, position, limit);
    const start = firstAfter(this.ring, position);
    return this.ring.slice(start, start + limit);
  }

  private async step(): Promise<boolean> {
    if (this.last === undefined) this.floor = this.last = await lastOutboxPosition(this.database);
    const events = await readOutbox(this.database, this.last, page);
    if (events.length === 0) return false;
    this.ring.push(...events);
    this.last = events.at(-1)!.position;
    if (this.ring.length > ringSize) {
      const dropped = this.ring.splice(0, this.ring.length - ringSize);
      this.floor = dropped.at(-1)!.position;
    }
    for (const listener of this.listeners) listener();
    return events.length === page;
  }
}

/** Index of the first event after a position: positions have gaps, so a search, not a subtraction. */
function firstAfter(events: readonly StoredEvent[], position: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
