import { Inject, Injectable } from '@nestjs/common';
import {
  boardClosedMs,
  boardSteps,
  type Person,
  type WorkOrder,
  type WorkOrderBoard,
  type WorkOrderBoardQuery,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { OrderAccess, type Viewpoint } from '../access.js';
import { endedStates } from '../machine.js';
import { OrderClockView } from '../order-clock-view.js';
import { narrowed, type VisibleOrders } from './work-order-filter.js';
import { byDeadline } from './work-order-sorting.js';
import { toWorkOrder, visibleOrders } from './work-order-rows.js';

type Step = (typeof boardSteps)[number];

/** The orders of a person's area by the step they stand at. Costs what is open and a day of what ended, not the history. */
@Injectable()
export class WorkOrderBoardReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly access: OrderAccess,
    private readonly clocks: OrderClockView,
  ) {}

  async board(person: Person, wish: WorkOrderBoardQuery): Promise<WorkOrderBoard> {
    const orders = narrowed(visibleOrders(this.database, person), person, wish, this.clocks);
    const counts = await this.countsOf(orders);
    const viewpoint = await this.access.viewpointOf(person);
    const columns: WorkOrderBoard['columns'] = [];
    for (const step of boardSteps) {
      const count = counts.get(step) ?? 0;
      columns.push({ step, count, items: count ? await this.cardsOf(orders, step, wish.limit, viewpoint) : [] });
    }
    return { columns };
  }

  private async countsOf(orders: VisibleOrders): Promise<Map<string, number>> {
    const count = sql<number>`count(*)::int`.as('count');
    const open = await orders
      .clearSelect()
      .select(['workOrders.state as step', count])
      .where('workOrders.state', 'not in', endedStates)
      .groupBy('workOrders.state')
      .execute();
    const ended = await this.justEnded(orders).clearSelect().select(count).executeTakeFirstOrThrow();
    return new Map([...open.map((row) => [row.step, row.count] as const), ['closed', ended.count]]);
  }

  private async cardsOf(orders: VisibleOrders, step: Step, limit: number, viewpoint: Viewpoint): Promise<WorkOrder[]> {
    const query =
      step === 'closed'
        ? this.justEnded(orders).orderBy('workOrders.closedAt', 'desc').orderBy('workOrders.id')
        : byDeadline.of(orders.where('workOrders.state', '=', step));
    const rows = await query.limit(limit).execute();
    const clocks = await this.clocks.of(rows);
    return Promise.all(rows.map((row) => toWorkOrder(row, viewpoint, clocks.get(row.id))));
  }

  private justEnded(orders: VisibleOrders): VisibleOrders {
    return orders
      .where('workOrders.closedAt', '>', new Date(this.clock.now() - boardClosedMs))
      .where('workOrders.state', 'in', ['closed', 'evaluated']);
  }
}
