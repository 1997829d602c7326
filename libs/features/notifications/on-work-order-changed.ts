import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Database, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler, UnrecoverableJobError } from '@sc/platform/jobs';
import type { Insertable } from 'kysely';
import { DeliveryWriter } from './delivery/delivery-writer.js';
import { planPersonal, type Told } from './delivery/plan-personal.js';
import { type AnyEvent, readEvent, readEvents } from './read-event.js';
import { recipientsOf } from './recipients.js';

/** Tells people in the app. One notification per (person, event), however often the job comes. */
@Controller()
export class OnWorkOrderChanged {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly directory: Directory,
    private readonly deliveries: DeliveryWriter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @JobHandler('notify-people')
  async handle(@Payload() job: Job<'notify-people'>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const event = await readEvent(transaction.db, job.payload.eventId);
      if (event.type !== 'work-order.changed.v1')
        throw new UnrecoverableJobError(`notify-people knows nothing of ${event.type}`);
      await this.tell(transaction, [event]);
    });
  }

  /** What is about no event or another one is left to fail alone. */
  @JobBundleHandler('notify-people')
  async handleBundle(@Payload() jobs: Job<'notify-people'>[]): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const events = await readEvents(
        transaction.db,
        jobs.map(({ payload }) => payload.eventId),
      );
      const orderEvents = new Map(events.filter((e) => e.type === 'work-order.changed.v1').map((e) => [e.id, e]));
      const ours = await this.claims.claimAll(
        transaction,
        jobs.filter(({ payload }) => orderEvents.has(payload.eventId)),
      );
      await this.tell(
        transaction,
        ours.flatMap(({ payload }) => orderEvents.get(payload.eventId) ?? []),
      );
    });
  }

  private async tell(transaction: Transaction, events: readonly OrderEvent[]): Promise<void> {
    const { db, emit } = transaction;
    const createdAt = new Date(this.clock.now());
    const rows: Insertable<Database['notifications']>[] = [];
    for (const { id: eventId, payload } of events) {
      const notice = await recipientsOf(this.directory, db, payload);
      const { workOrderId } = payload;
      for (const personId of notice?.personIds ?? [])
        rows.push({ id: this.ids.next(), personId, kind: notice!.kind, workOrderId, eventId, createdAt });
    }
    if (!rows.length) return;
    const told = await db
      .insertInto('notifications')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['personId', 'eventId']).doNothing())
      .returning(['id', 'personId', 'workOrderId', 'kind', 'eventId'])
      .execute();
    for (const { id, personId, workOrderId } of told)
      emit({
        type: 'notification.created.v1',
        payload: { notificationId: id, personId, workOrderId },
        areaId: null,
        subjectId: id,
        personId,
      });
    await this.deliveries.write(transaction, await planPersonal(db, outside(told, events)));
  }
}

/** What was new to somebody in the app is what they may be told outside of it. */
function outside(told: readonly NewNotification[], events: readonly OrderEvent[]): Told[] {
  const severities = new Map(events.map(({ id, payload }) => [id, payload.severity]));
  return told.flatMap(({ personId, eventId, kind, workOrderId }) => {
    const severity = severities.get(eventId);
    return workOrderId && severity ? [{ personId, eventId, kind: kind as Told['kind'], workOrderId, severity }] : [];
  });
}

type NewNotification = Pick<Row<'notifications'>, 'personId' | 'eventId' | 'kind' | 'workOrderId'>;

type OrderEvent = Extract<AnyEvent, { type: 'work-order.changed.v1' }>;
