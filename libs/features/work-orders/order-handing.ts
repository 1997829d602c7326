import { Injectable } from '@nestjs/common';
import type { Transaction } from '@sc/platform/database';
import { escalation } from './attempts.js';
import { OrderClocks } from './order-clock.js';
import { OrderLedger, type Step, type WorkOrderRow } from './order-ledger.js';

/** Gives an order to a certain person, who then has to accept it in time like anybody who is asked. */
@Injectable()
export class OrderHanding {
  constructor(
    private readonly ledger: OrderLedger,
    private readonly clocks: OrderClocks,
  ) {}

  /** Each time is a level of its own, with an escalation behind it: that of an earlier level changes nothing (P4). */
  async give(
    transaction: Transaction,
    order: WorkOrderRow,
    assigneeId: string,
    { data, set, ...step }: Omit<Step, 'to'>,
  ): Promise<WorkOrderRow> {
    const level = step.action === 'dispatch' ? order.escalationLevel : order.escalationLevel + 1;
    const acceptBy = await this.clocks.acceptTimes(transaction)(order, false);
    transaction.schedule(escalation(order, level, acceptBy.getTime()));
    return this.ledger.record(transaction, order, {
      ...step,
      to: 'dispatched',
      data: { outcome: 'by-hand', assigneeId, level, ...data },
      set: { ...set, assigneeId, handlerId: null, escalationLevel: level, acceptBy },
    });
  }
}
