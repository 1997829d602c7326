import { Inject, Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import { SensorDoubt } from './sensor-doubt.js';
import { Suspending } from './suspending.js';
import { Urges } from './urges.js';
import { withClaimedOrder } from './with-claimed-order.js';

/**
 * What happens by itself when a time has come: a suspended order goes on, an urge without an answer goes to the managers, a
 * sensor is asked what it has seen since the report. Late, early or repeated jobs change nothing. Retried by the queue,
 * after ten attempts a dead letter that the sweep gives back.
 */
@Controller()
export class OnSideFlowDue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly suspending: Suspending,
    private readonly urges: Urges,
    private readonly doubt: SensorDoubt,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @JobHandler('resume-work-order')
  async resume(@Payload() job: Job<'resume-work-order'>): Promise<void> {
    await withClaimedOrder(this.unitOfWork, this.claims, job, async (transaction, order) => {
      // Resumed by hand, or suspended anew until later.
      if (order.state !== 'suspended' || !order.resumeAt || order.resumeAt.getTime() > this.clock.now()) return;
      await this.suspending.resume(transaction, order);
    });
  }

  @JobHandler('check-urge')
  async checkUrge(@Payload() job: Job<'check-urge'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (await this.claims.claim(transaction, job)) await this.urges.fallDue(transaction, job.payload.urgeId);
    });
  }

  @JobHandler('check-sensor')
  async checkSensor(@Payload() job: Job<'check-sensor'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (await this.claims.claim(transaction, job)) await this.doubt.look(transaction, job.payload.workOrderId);
    });
  }
}
