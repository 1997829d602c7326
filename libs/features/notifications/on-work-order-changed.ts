import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Directory } from '@sc/features/directory';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobBundleHandler, JobClaims, JobHandler, UnrecoverableJobError } from '@sc/platform/jobs';
import { Teller } from './delivery/teller.js';
import { orderMessage, readOrders } from './messages/compose.js';
import { type AnyEvent, readEvent, readEvents } from './read-event.js';
import { type Notice as RecipientsOfStep, recipientsOf } from './recipients.js';

/** Tells people of orders. One notification per (person, event), however often the job comes. */
@Controller()
export class OnWorkOrderChanged {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly directory: Directory,
    private readonly teller: Teller,
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
    const { db } = transaction;
    const asked: { event: OrderEvent; notice: RecipientsOfStep }[] = [];
    for (const event of events) {
      const notice = await recipientsOf(this.directory, db, event.payload);
      if (notice?.personIds.length) asked.push({ event, notice });
    }
    const orders = await readOrders(db, [...new Set(asked.map(({ event }) => event.payload.workOrderId))]);
    const notices = asked.flatMap(({ event: { id: eventId, payload }, notice: { kind, personIds } }) => {
      const { workOrderId } = payload;
      // What is over wakes nobody, however grave it was.
      const severity = kind === 'resident-rated-badly' ? 'minor' : payload.severity;
      const order = orders.get(workOrderId);
      if (!order) return [];
      const message = orderMessage(kind, workOrderId, order);
      const about = { workOrderId, roundId: null };
      return personIds.map((personId) => ({ personId, eventId, kind, severity, about, message }));
    });
    await this.teller.tell(transaction, notices);
  }
}

type OrderEvent = Extract<AnyEvent, { type: 'work-order.changed.v1' }>;
