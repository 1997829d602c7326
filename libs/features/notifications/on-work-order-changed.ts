import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler, UnrecoverableJobError } from '@sc/platform/jobs';
import { readEvent } from './read-event.js';
import { recipientsOf } from './recipients.js';

/** Tells people in the app. One notification per (person, event), however often the job comes. */
@Controller()
export class OnWorkOrderChanged {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @JobHandler('notify-people')
  async handle(@Payload() job: Job<'notify-people'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const { db, emit } = transaction;
      const event = await readEvent(db, job.payload.eventId);
      if (event.type !== 'work-order.changed.v1')
        throw new UnrecoverableJobError(`notify-people knows nothing of ${event.type}`);
      const notice = await recipientsOf(this.directory, db, event.payload);
      if (!notice?.personIds.length) return;
      const { workOrderId } = event.payload;
      const rows = await db
        .insertInto('notifications')
        .values(
          notice.personIds.map((personId) => ({
            id: this.ids.next(),
            personId,
            kind: notice.kind,
            workOrderId,
            eventId: event.id,
            createdAt: new Date(this.clock.now()),
          })),
        )
        .onConflict((conflict) => conflict.columns(['personId', 'eventId']).doNothing())
        .returning(['id', 'personId'])
        .execute();
      for (const { id, personId } of rows)
        emit({
          type: 'notification.created.v1',
          payload: { notificationId: id, personId, workOrderId },
          areaId: null,
          subjectId: id,
          personId,
        });
    });
  }
}
