import { Inject, Injectable } from '@nestjs/common';
import { stepOfState } from '@sc/contracts';
import { UnitOfWork } from '@sc/platform/database';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { sql } from 'kysely';
import { OrderClocks } from './order-clock.js';

const batch = 200;
const clocked = sql.join(Object.keys(stepOfState).map((state) => sql.lit(state)));

/**
 * Gives orders their clock that were open before there were any: their light would stay out until somebody takes the next step. The
 * present step counts from now on: nobody is late by a limit that nobody counted. Suspended ones get theirs when they go on.
 */
@Injectable()
export class ClocklessOrders extends Sweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clocks: OrderClocks,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: 60_000 });
  }

  override async sweepOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const orders = await db
        .selectFrom('workOrders')
        .selectAll()
        .where('clock', 'is', null)
        .where(sql<boolean>`state in (${clocked})`)
        .orderBy('createdAt')
        .limit(batch)
        // whoever has one of them at hand gives it its clock by the next step
        .forUpdate()
        .skipLocked()
        .execute();
      const clocks = await this.clocks.fromNow(transaction, orders);
      for (const [n, { id }] of orders.entries())
        await db.updateTable('workOrders').set(clocks[n]!).where('id', '=', id).execute();
      if (orders.length) this.logger.info({ orders: orders.length }, 'orders from before clocks have one now');
      return orders.length === batch;
    });
  }
}
