import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler } from '@sc/platform/jobs';
import { DeliveryWriter } from './delivery/delivery-writer.js';
import { isGroupEvent, planGroups } from './delivery/plan-groups.js';
import { readEvents } from './read-event.js';

/** Tells groups: robots and the webhooks that are channels. Once per (event, channel), however often the job comes. */
@Controller()
export class OnGroupEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly deliveries: DeliveryWriter,
  ) {}

  @JobHandler('tell-groups')
  async handle(@Payload() job: Job<'tell-groups'>): Promise<void> {
    await this.handleBundle([job]);
  }

  /** An event that is no more is told to nobody: nothing is left to be said of it. */
  @JobBundleHandler('tell-groups')
  async handleBundle(@Payload() jobs: Job<'tell-groups'>[]): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const ours = await this.claims.claimAll(transaction, jobs);
      const events = await readEvents(
        transaction.db,
        ours.map(({ payload }) => payload.eventId),
      );
      await this.deliveries.write(transaction, await planGroups(transaction.db, events.filter(isGroupEvent)));
    });
  }
}
