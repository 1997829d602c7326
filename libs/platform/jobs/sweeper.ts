import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sc/platform/logging';
import { Loop } from './loop.js';

/**
 * Looks again and again, for as long as the application runs, for work that nobody would do any more (P4, P5): every five
 * seconds unless it says otherwise.
 */
export abstract class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  protected constructor(
    protected readonly logger: Logger,
    { idleMs = 5_000, maxBackoffMs = 20_000 }: { idleMs?: number; maxBackoffMs?: number } = {},
  ) {
    this.loop = new Loop(() => this.sweepOnce(), {
      idleMs,
      maxBackoffMs,
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
