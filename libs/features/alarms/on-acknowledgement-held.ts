import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import { Acknowledgements } from './acknowledgements.js';

/**
 * An acknowledgement must have led to something by now. A late or repeated job, or one of an earlier acknowledgement,
 * changes nothing. Retried by the queue, then a dead letter; `AcknowledgementSweep` goes on.
 */
@Controller()
export class OnAcknowledgementHeld {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  @JobHandler('review-acknowledgement')
  async handle(@Payload() job: Job<'review-acknowledgement'>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.claims.claim(tx, job))) return;
      await this.acknowledgements.review(tx, [job.payload.alarmId]);
    });
  }
}
