import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { Acknowledgements, forgotten } from './acknowledgements.js';

/** So many alarms in one transaction. */
const batch = 200;
/** The jobs come first; what is this late has none any more. */
const graceMs = 5_000;

/** Takes forgotten acknowledgements back whose job was lost or died (P4, P5); also when an order was given back since. */
@Injectable()
export class AcknowledgementSweep extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly acknowledgements: Acknowledgements,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  /** Harmless when several processes do it at once. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    const late = await forgotten(this.database, this.clock.now(), { graceMs, limit: batch });
    const alarmIds = late.map(({ id }) => id);
    if (!alarmIds.length) return false;
    this.logger.warn({ alarmIds }, 'forgotten acknowledgements that nobody took back: done now');
    await this.unitOfWork.run((tx) => this.acknowledgements.review(tx, alarmIds));
    return late.length === batch;
  }
}
