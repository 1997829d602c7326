import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { keepDeliveries } from '@sc/features/notifications';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, keepHouse } from '@sc/platform/database';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

const everyMs = 3_600_000;

/** Removes, once an hour, what has done its duty, so that the database does not grow for ever. */
@Injectable()
export class Housekeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    @Inject(DATABASE) database: Kysely<Database>,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new Loop(
      async () => {
        const removed = {
          ...(await keepHouse(database, clock.now())),
          ...(await keepDeliveries(database, clock.now())),
        };
        if (Object.values(removed).some((rows) => rows > 0)) logger.info({ removed }, 'old rows removed');
        return false;
      },
      {
        idleMs: everyMs,
        maxBackoffMs: everyMs,
        onError: (error, failures) => logger.warn({ err: error, failures }, 'housekeeping failed, trying again later'),
      },
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
