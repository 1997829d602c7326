import { Inject, Injectable } from '@nestjs/common';
import { type Database, DATABASE } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';

const flushEveryMs = 3000;
/** A device that speaks all the time is written again only after this long: 20,000 rows a few seconds apart would be most of what PostgreSQL does. */
const writeAgainAfterMs = 30_000;
const chunk = 1000;

/** When each device was last heard of. Only for people to look at, so it is written late and in bulk. */
@Injectable()
export class LastSeen {
  private readonly seen = new Map<string, number>();
  private readonly written = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  note(deviceId: string, at: number): void {
    this.seen.set(deviceId, at);
  }

  start(): void {
    this.timer ??= setInterval(() => void this.flush(false), flushEveryMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush(true);
  }

  private async flush(all: boolean): Promise<void> {
    this.flushing ??= this.write(all)
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'last-seen times not written'))
      .finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private async write(all: boolean): Promise<void> {
    const due = [...this.seen].filter(
      ([deviceId, at]) => all || at - (this.written.get(deviceId) ?? 0) >= writeAgainAfterMs,
    );
    for (let start = 0; start < due.length; start += chunk) {
      const part = due.slice(start, start + chunk);
      const ids = part.map(([deviceId]) => deviceId);
      const times = part.map(([, at]) => new Date(at));
      // rows that somebody else is changing are left for the next time, so that this never waits nor deadlocks
      await sql`update devices set last_seen_at = d.at
        from (select s.id, s.at from unnest(${ids}::text[], ${times}::timestamptz[]) as s (id, at)
              join devices t on t.id = s.id where t.last_seen_at is null or t.last_seen_at < s.at
              for update of t skip locked) d
        where devices.id = d.id`.execute(this.database);
      for (const [deviceId, at] of part) {
        this.written.set(deviceId, at);
        if (this.seen.get(deviceId) === at) this.seen.delete(deviceId);
      }
    }
  }
}
