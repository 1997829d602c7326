import { Inject, Injectable } from '@nestjs/common';
import type { Light, OrderClock, StepClock } from '@sc/contracts';
import { Calendars, leftOf, light, type WorkingCalendar } from '@sc/features/calendars';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Database, Row } from '@sc/platform/database';
import { type RawBuilder, type Kysely, sql } from 'kysely';

type Clocked = Pick<Row<'workOrders'>, 'id' | 'areaId' | 'clock' | 'stepStartedAt' | 'warnAt' | 'dueAt'>;

const minute = 60_000;

/** Clocks as people see them, computed when they are read. */
@Injectable()
export class OrderClockView {
  constructor(
    private readonly calendars: Calendars,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By order; `null`: it has ended, or is older than clocks. The calendars are looked up at most once. */
  async of(orders: readonly Clocked[], db?: Kysely<Database>): Promise<Map<string, OrderClock | null>> {
    const now = this.clock.now();
    const asksCalendar = orders.some(({ clock }) => clock?.now.limit && clock.now.limit.unit !== 'minutes');
    const book = asksCalendar ? await this.calendars.book(db) : undefined;
    const shown = new Map<string, OrderClock | null>();
    for (const order of orders) {
      const { clock, warnAt, dueAt } = order;
      const calendar = (await book?.of(order.areaId)) ?? this.calendars.nobodys;
      const times = { warnAt: warnAt?.getTime() ?? null, dueAt: dueAt?.getTime() ?? null };
      shown.set(
        order.id,
        clock && {
          step: clock.now.step,
          startedAt: new Date(clock.now.startedAt).toISOString(),
          warnAt: warnAt?.toISOString() ?? null,
          dueAt: dueAt?.toISOString() ?? null,
          light: light(times, now),
          left: leftIn(clock.now, times.dueAt, now, calendar),
        },
      );
    }
    return shown;
  }

  /** SQL condition: that light stands beside the order now. */
  hasLight(wanted: Light): RawBuilder<boolean> {
    const now = new Date(this.clock.now());
    if (wanted === 'none') return sql<boolean>`work_orders.due_at is null`;
    if (wanted === 'overdue') return sql<boolean>`work_orders.due_at <= ${now}`;
    if (wanted === 'warning') return sql<boolean>`(work_orders.due_at > ${now} and work_orders.warn_at <= ${now})`;
    return sql<boolean>`work_orders.warn_at > ${now}`;
  }
}

/** In the words of its limit: whole working days as long as there are any, then minutes of work. */
function leftIn(step: StepClock, dueAt: number | null, now: number, calendar: WorkingCalendar): OrderClock['left'] {
  const { limit } = step;
  const left = limit && leftOf(step, now, calendar);
  if (!limit || left === null) return null;
  if (limit.unit === 'working-days' && dueAt !== null && dueAt > now) {
    const days = calendar.daysBetween(now, dueAt);
    if (days > 0) return { amount: days, unit: 'working-days' };
  }
  const amount = left > 0 ? Math.ceil(left / minute) : -Math.ceil(-left / minute);
  return { amount: amount || 0, unit: limit.unit === 'minutes' ? 'minutes' : 'working-minutes' };
}
