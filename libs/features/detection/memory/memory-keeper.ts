import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { DetectionEngine } from '../detection-engine.js';
import { type Kept, keyOf } from './long-memories.js';
import { expireMemories, writeMemories } from './memory-rows.js';

/** What was learned since is told again after a start: that reaches back an hour, so a few failures cost nothing. */
const everyMs = 300_000;
const maxBackoffMs = 60_000;
/** Written at once: half a megabyte or so, so that readings never wait for it. */
const chunk = 32;

/** Keeps the long memories of the detector in PostgreSQL, those that have changed, every few minutes and at the end. */
@Injectable()
export class MemoryKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  /** Newest reading that is known to what was kept, by device and rule. */
  private kept = new Map<string, number>();

  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly engine: DetectionEngine,
  ) {
    this.loop = new Loop(() => this.keep().then(() => false), {
      idleMs: everyMs,
      maxBackoffMs,
      onError: (err) => this.logger.warn({ err }, 'what was learned is not kept; it is tried again'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    // What is lost by a failure here is told again by the next start.
    await this.keep().catch((err: unknown) => this.logger.warn({ err }, 'what was learned is not kept'));
  }

  /** @returns how many were written. @throws when PostgreSQL is away */
  async keep(): Promise<number> {
    const now = this.clock.now();
    let written = 0;
    let batch: Kept[] = [];
    const write = async (): Promise<void> => {
      await writeMemories(this.db, batch, now);
      for (const one of batch) this.kept.set(keyOf(one), one.newestTs);
      written += batch.length;
      batch = [];
    };
    for (const one of this.engine.longMemories(this.kept)) if (batch.push(one) === chunk) await write();
    await write();
    await expireMemories(this.db, now);
    return written;
  }
}
