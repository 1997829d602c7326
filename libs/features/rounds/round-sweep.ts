import { Inject, Injectable } from '@nestjs/common';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { FailedItems } from './failed-items.js';
import { RoundMaker } from './round-maker.js';
import { RoundMinder } from './round-minder.js';

/** Every fifteen seconds: reminders of minutes need no more. */
const idleMs = 15_000;

/** Makes rounds ahead and looks after them for as long as the application runs; harmless when several processes do it at once. */
@Injectable()
export class RoundSweep extends Sweeper {
  constructor(
    private readonly maker: RoundMaker,
    private readonly minder: RoundMinder,
    private readonly failed: FailedItems,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs, maxBackoffMs: 60_000 });
  }

  /** @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const more = [
      await this.maker.makeOnce(),
      await this.minder.missOnce(),
      await this.minder.reopenOnce(),
      await this.minder.remindOnce(),
      await this.failed.openMissingOnce(),
    ];
    return more.includes(true);
  }
}
