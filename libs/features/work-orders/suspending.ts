import { Inject, Injectable } from '@nestjs/common';
import { isUrgent } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { dispatchActor } from './dispatch-actor.js';
import { Dispatcher } from './dispatcher.js';
import { OrderHanding } from './order-handing.js';
import { OrderLedger, type Step, type WorkOrderRow } from './order-ledger.js';
import { refusals } from './refusals.js';
import { refuse, type StepContext, type Taken } from './step-context.js';

/** Longer than that is not put off, it is void. */
const longestMs = 366 * 24 * 3_600_000;

/** 挂账 and 恢复: an order waits until a time, nobody's clock runs, and then goes on where it stood. */
@Injectable()
export class Suspending {
  constructor(
    private readonly ledger: OrderLedger,
    private readonly handing: OrderHanding,
    private readonly dispatcher: Dispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async suspend({ transaction, order, request, step }: StepContext): Promise<Taken> {
    const resumeAt = new Date(request.until!);
    const waits = resumeAt.getTime() - this.clock.now();
    if (waits <= 0 || waits > longestMs) return refuse('invalid-request', refusals.untilOutOfRange);
    transaction.schedule({
      name: 'resume-work-order',
      subject: `${order.id}:${resumeAt.getTime()}`,
      payload: { workOrderId: order.id },
      dueAt: resumeAt.getTime(),
      urgent: isUrgent(order.severity),
    });
    const data = { ...step.data, until: resumeAt.toISOString() };
    const set = { suspendedFrom: order.state, resumeAt, acceptBy: null };
    return { ok: true, order: await this.ledger.record(transaction, order, { ...step, data, set }) };
  }

  /** Whoever was asked is asked again, with the whole time to accept; what nobody had is given to the next. */
  async resume(
    transaction: Transaction,
    order: WorkOrderRow,
    step: Omit<Step, 'to' | 'action'> = { actor: dispatchActor },
  ): Promise<WorkOrderRow> {
    const to = order.suspendedFrom!;
    if (to === 'dispatched' && order.assigneeId)
      return this.handing.give(transaction, order, order.assigneeId, { ...step, action: 'resume' });
    const resumed = await this.ledger.record(transaction, order, { ...step, action: 'resume', to });
    return to === 'registered' ? this.dispatcher.escalate(transaction, resumed) : resumed;
  }
}
