import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler } from '@sc/platform/jobs';
import { isAwaitingAcceptance } from './decide.js';
import { Dispatcher } from './dispatcher.js';
import { OrderEscalating } from './order-escalating.js';
import { withClaimedOrder } from './with-claimed-order.js';

/** Nobody accepted in time: up the chain. A late or repeated job, or one of an older level, changes nothing. */
@Controller()
export class OnNotAccepted {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly dispatcher: Dispatcher,
    private readonly escalating: OrderEscalating,
  ) {}

  @JobHandler('escalate-work-order')
  async handle(@Payload() job: Job<'escalate-work-order'>): Promise<void> {
    await withClaimedOrder(this.unitOfWork, this.claims, job, async (transaction, order) => {
      if (!isAwaitingAcceptance(order.state) || order.escalationLevel !== job.payload.level) return;
      await this.dispatcher.escalate(transaction, order);
    });
  }

  @JobBundleHandler('escalate-work-order')
  async handleBundle(@Payload() jobs: Job<'escalate-work-order'>[]): Promise<void> {
    await this.escalating.escalate(jobs);
  }
}
