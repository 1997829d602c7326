import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from '@sc/platform/jobs';
import type { Logger } from '@sc/platform/logging';

/** Looks every five seconds, for as long as the application runs, for work that nobody would do any more (P4, P5). */
export abstract class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  protected constructor(protected readonly logger: Logger) {
    this.loop = new Loop(() => this.sweepOnce(), {
      idleMs: 5_000,
      maxBackoffMs: 20_000,
      onError: (error, failures) =>
        logger.warn({ err: error, failures, sweep: this.constructor.name }, 'sweep failed, trying again'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Harmless when several processes do it at once. @returns whether more may wait */
  abstract sweepOnce(): Promise<boolean>;
}
