import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { horizonMs, RotationPlanner } from './rotation-planner.js';

/** A rotation is planned again when this much of its horizon has passed: shifts are read for a week, so hours do not matter. */
const dayMs = 24 * 3_600_000;
const everyMs = 60_000;
/** Rotations in one transaction. */
const batch = 20;

/** Keeps the plan of every rotation as long as its horizon. */
@Injectable()
export class RotationSweep extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly planner: RotationPlanner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: everyMs, maxBackoffMs: everyMs });
  }

  /** Harmless when several processes do it at once: each takes what no other holds. @returns whether more may wait */
  override async sweepOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const rotations = await transaction.db
        .selectFrom('rotations')
        .selectAll()
        .where('plannedUntil', '<', new Date(this.clock.now() + horizonMs - dayMs))
        .orderBy('plannedUntil')
        .limit(batch)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const rotation of rotations) await this.planner.extend(transaction, rotation);
      return rotations.length === batch;
    });
  }
}
