import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isUrgent, type JobName, jobsFor, type StoredEvent } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json, readOutbox } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { laneOf } from './lanes.js';
import { Loop } from './loop.js';
import { UNWANTED_JOBS, type UnwantedJobs } from './tokens.js';
import { Wake } from './wake.js';

const cursorName = 'jobs';
const batch = 500;

/**
 * Writes one job for each (event, interested handler), in commit order, exactly once: the cursor moves in the same
 * transaction. Jobs of one kind that it writes together are a bundle, which is handed over and handled together. Several processes may run it; the cursor's row lock lets one through at a time.
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
    @Inject(UNWANTED_JOBS) private readonly without: UnwantedJobs,
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
      const position = (await this.lockCursor(db)) ?? (await this.makeCursor(db));
      const events = await readOutbox(db, position, batch);
      const last = events.at(-1);
      if (!last) return { events: 0, jobs: 0 };
      const rows = this.jobsOf(events, await this.without(db));
      // Both in one round trip; one parameter whatever the number of rows.
      await sql`
        with moved as (update relay_cursors set position = ${last.position} where name = ${cursorName})
        insert into jobs (id, name, subject, payload, due_at, state, created_at, bundle, urgent)
        select id, name, subject, payload, due_at, 'pending', due_at, bundle, urgent
        from jsonb_populate_recordset(null::jobs, ${json(rows)}::jsonb)
        on conflict (name, subject) do nothing`.execute(db);
      return { events: events.length, jobs: rows.length };
    });
    if (jobs) this.wake.notify('jobs');
    return events === batch;
  }

  private async lockCursor(db: Kysely<Database>): Promise<number | undefined> {
    const cursor = await db
      .selectFrom('relayCursors')
      .select('position')
      .where('name', '=', cursorName)
      .forUpdate()
      .executeTakeFirst();
    return cursor?.position;
  }

  private async makeCursor(db: Kysely<Database>): Promise<number> {
    await db
      .insertInto('relayCursors')
      .values({ name: cursorName, position: 0 })
      .onConflict((c) => c.doNothing())
      .execute();
    return (await this.lockCursor(db)) ?? 0;
  }

  private jobsOf(events: readonly StoredEvent[], without: readonly JobName[]) {
    const dueAt = new Date(this.clock.now()).toISOString();
    const bundles = new Map<string, string>();
    return events.flatMap((event) =>
      jobsFor(event)
        .filter((name) => !without.includes(name))
        .map((name) => {
          const urgent = isUrgent('severity' in event.payload ? event.payload.severity : undefined);
          const kind = `${name} ${urgent}`;
          if (!bundles.has(kind)) bundles.set(kind, this.ids.next());
          const bundle = laneOf(name) === 'outside' ? null : bundles.get(kind);
          return {
            id: this.ids.next(),
            name,
            subject: event.id,
            payload: { eventId: event.id },
            due_at: dueAt,
            bundle,
            urgent,
          };
        }),
    );
  }
}
