import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { dispatchActor } from './dispatch-actor.js';
import { workOrderMachine } from './machine.js';
import { OrderLedger } from './order-ledger.js';
import { refusals } from './refusals.js';
import { refuse, type StepContext, type Taken } from './step-context.js';

/** An answer that may wait for months was not demanded. */
const longestMs = 31 * 24 * 3_600_000;
/** Who urges without end is not heard any better. */
const mostOpen = 20;

/** 督办: a demand for an answer until a time; without one the managers are told. An order may be urged again and again. */
@Injectable()
export class Urges {
  constructor(
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async urge({ transaction, order, person, request, step }: StepContext): Promise<Taken> {
    const answerBy = new Date(request.answerBy!);
    const waits = answerBy.getTime() - this.clock.now();
    if (waits <= 0 || waits > longestMs) return refuse('invalid-request', refusals.answerByOutOfRange);
    const open = await this.openOf(transaction, order.id);
    if (open.length >= mostOpen) return refuse('conflict', refusals.tooManyUrges(mostOpen));
    const id = this.ids.next();
    await transaction.db
      .insertInto('workOrderUrges')
      .values({
        id,
        workOrderId: order.id,
        urgedBy: person.id,
        urgedAt: new Date(this.clock.now()),
        answerBy,
        note: request.note!,
      })
      .execute();
    transaction.schedule({ name: 'check-urge', subject: id, payload: { urgeId: id }, dueAt: answerBy.getTime() });
    const data = { ...step.data, urgeId: id, answerBy: answerBy.toISOString() };
    return { ok: true, order: await this.ledger.record(transaction, order, { ...step, data }) };
  }

  /** One answer for all that is open: whoever asked is told. Who does not have the order does not answer themselves. */
  async answer({ transaction, order, person, request, step }: StepContext): Promise<Taken> {
    const all = await this.openOf(transaction, order.id);
    const open = all.filter(({ urgedBy }) => urgedBy !== person.id || order.assigneeId === person.id);
    const urgeIds = open.map(({ id }) => id);
    await transaction.db
      .updateTable('workOrderUrges')
      .set({ answeredBy: person.id, answeredAt: new Date(this.clock.now()), answer: request.note! })
      .where('id', 'in', urgeIds)
      .execute();
    const tell = [...new Set(open.map(({ urgedBy }) => urgedBy))];
    return {
      ok: true,
      order: await this.ledger.record(transaction, order, { ...step, tell, data: { ...step.data, urgeIds } }),
    };
  }

  /** Its time has come: told to the managers, once, if nobody answered and the order is not over. */
  async fallDue(transaction: Transaction, urgeId: string): Promise<void> {
    const { db } = transaction;
    const found = await db.selectFrom('workOrderUrges').selectAll().where('id', '=', urgeId).executeTakeFirst();
    if (!found) return;
    const order = await db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', found.workOrderId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const at = new Date(this.clock.now());
    const marked = await db
      .updateTable('workOrderUrges')
      .set({ overdueAt: at })
      .where('id', '=', urgeId)
      .where('answeredAt', 'is', null)
      .where('overdueAt', 'is', null)
      .where('answerBy', '<=', at)
      .returning('id')
      .executeTakeFirst();
    if (!marked || !workOrderMachine['urge-overdue'].from.includes(order.state)) return;
    await this.ledger.record(transaction, order, {
      action: 'urge-overdue',
      to: order.state,
      actor: dispatchActor,
      data: { urgeId, answerBy: found.answerBy.toISOString() },
    });
  }

  private openOf({ db }: Transaction, workOrderId: string) {
    return db
      .selectFrom('workOrderUrges')
      .select(['id', 'urgedBy'])
      .where('workOrderId', '=', workOrderId)
      .where('answeredAt', 'is', null)
      .execute();
  }
}
