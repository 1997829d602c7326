import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { subscriptions } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json, readOutbox } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { Loop } from './loop.js';
import { Wake } from './wake.js';

const cursorName = 'jobs';
const batch = 500;

/**
 * Writes one job for each (event, interested handler), in commit order, exactly once: the cursor moves in the same
 * transaction. Several processes may run it; the cursor's row lock lets one through at a time.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  private unsubscribe?: () => void;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) logger: Logger,
    private readonly wake: Wake,
  ) {
    this.loop = new Loop(() => this.relayOnce(), {
      idleMs: 500,
      maxBackoffMs: 5_000,
      onError: (error, failures) => logger.warn({ err: error, failures }, 'outbox relay failed, trying again'),
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

  /** @returns whether more events may be waiting */
  async relayOnce(): Promise<boolean> {
    const { events, jobs } = await this.database.transaction().execute(async (db) => {
      await db
        .insertInto('relayCursors')
        .values({ name: cursorName, position: 0 })
        .onConflict((c) => c.doNothing())
        .execute();
      const cursor = await db
        .selectFrom('relayCursors')
        .select('position')
        .where('name', '=', cursorName)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const events = await readOutbox(db, cursor.position, batch);
      const last = events.at(-1);
      if (!last) return { events: 0, jobs: 0 };
      const now = new Date(this.clock.now());
      const rows = events.flatMap((event) =>
        (subscriptions[event.type] ?? []).map((name) => ({
          id: this.ids.next(),
          name,
          subject: event.id,
          payload: json({ eventId: event.id }),
          dueAt: now,
          state: 'pending' as const,
          createdAt: now,
        })),
      );
      if (rows.length)
        await db
          .insertInto('jobs')
          .values(rows)
          .onConflict((c) => c.columns(['name', 'subject']).doNothing())
          .execute();
      await db.updateTable('relayCursors').set({ position: last.position }).where('name', '=', cursorName).execute();
      return { events: events.length, jobs: rows.length };
    });
    if (jobs) this.wake.notify('jobs');
    return events === batch;
  }
}
