import { setTimeout as wait } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { BridgeReconciler } from '@sc/features/cameras';
import { IngestService } from '@sc/features/telemetry';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { whilePostgresIsAway } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';

/** What is written last is only for people to look at: a PostgreSQL that does not answer must not hold a stop. */
const lastWritesMs = 3000;

/** What happens around the first and the last message, whatever the source. */
export class SourceLife {
  readonly logger: Logger;
  readonly clock: Clock;
  private readonly ingest: IngestService;
  private readonly reconciler: BridgeReconciler;
  private readonly stopping = new AbortController();

  constructor(app: INestApplicationContext) {
    this.ingest = app.get(IngestService, { strict: false });
    this.reconciler = app.get(BridgeReconciler, { strict: false });
    this.logger = app.get<Logger>(LOGGER, { strict: false });
    this.clock = app.get<Clock>(CLOCK, { strict: false });
  }

  /** Loads what must be known before the first message; waits while PostgreSQL is away. */
  async start<T>(more: () => Promise<T>): Promise<T> {
    const { clock, logger, stopping } = this;
    return whilePostgresIsAway(
      async () => {
        await this.ingest.start();
        const result = await more();
        this.reconciler.start();
        return result;
      },
      { clock, logger, signal: stopping.signal },
    );
  }

  stopAsked(): void {
    this.stopping.abort();
  }

  async end(more: () => Promise<unknown>): Promise<void> {
    const lastWrites = Promise.all([this.ingest.stop(), more()]);
    await Promise.race([lastWrites, wait(lastWritesMs, undefined, { ref: false })]);
  }
}
