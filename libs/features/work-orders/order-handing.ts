import { Inject, Injectable } from '@nestjs/common';
import { isUrgent } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { OrderLedger, type Step, type WorkOrderRow } from './order-ledger.js';

/** Gives an order to a certain person, who then has to accept it in time like anybody who is asked. */
@Injectable()
export class OrderHanding {
  constructor(
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each time is a level of its own, with an escalation behind it: that of an earlier level changes nothing (P4). */
  async give(
    transaction: Transaction,
    order: WorkOrderRow,
    assigneeId: string,
    { data, set, ...step }: Omit<Step, 'to'>,
  ): Promise<WorkOrderRow> {
    const level = step.action === 'dispatch' ? order.escalationLevel : order.escalationLevel + 1;
    const acceptBy = this.clock.now() + order.acceptWithinSeconds * 1000;
    transaction.schedule({
      name: 'escalate-work-order',
      subject: `${order.id}:${level}`,
      payload: { workOrderId: order.id, level },
      dueAt: acceptBy,
      urgent: isUrgent(order.severity),
    });
    return this.ledger.record(transaction, order, {
      ...step,
      to: 'dispatched',
      data: { outcome: 'by-hand', assigneeId, level, ...data },
      set: { ...set, assigneeId, handlerId: null, escalationLevel: level, acceptBy: new Date(acceptBy) },
    });
  }
}
