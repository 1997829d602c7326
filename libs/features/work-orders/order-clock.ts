import { Inject, Injectable } from '@nestjs/common';
import {
  type CaseClock,
  type CaseLimits,
  type ClockedStep,
  isUrgent,
  type StepLimit,
  stepOf,
  type WorkOrderAction,
  type WorkOrderState,
} from '@sc/contracts';
import {
  type CalendarBook,
  Calendars,
  dueAt,
  extended,
  nextClock,
  timesOf,
  type WorkingCalendar,
} from '@sc/features/calendars';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, json, type Row, type Transaction } from '@sc/platform/database';
import type { Updateable } from 'kysely';
import { nextCheck, told, toldAfter } from './order-clock-told.js';

type WorkOrderRow = Row<'workOrders'>;
type NewOrder = Pick<WorkOrderRow, 'id' | 'areaId' | 'severity' | 'createdAt' | 'acceptWithinSeconds'> & {
  limits?: string | null | undefined;
};
/** What the clock of an order is in the database. */
type ClockColumns = Pick<
  Updateable<Database['workOrders']>,
  'clock' | 'stepStartedAt' | 'warnAt' | 'dueAt' | 'deadlineTold'
>;
/** An order, or what is about to be one. */
type Asked = Pick<WorkOrderRow, 'areaId' | 'acceptWithinSeconds' | 'createdAt'> & {
  limits?: CaseLimits | string | null | undefined;
  dueAt?: Date | null | undefined;
};

/** Keeps the clock of an order's present step, and a job due when its light changes. The rules are in calendars (ADR 11). */
@Injectable()
export class OrderClocks {
  constructor(
    private readonly calendars: Calendars,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of orders about to be registered, in their order; however many, the calendars are looked up once. */
  async begin(transaction: Transaction, rows: readonly NewOrder[]): Promise<ClockColumns[]> {
    const calendarOf = this.finder(transaction);
    return Promise.all(
      rows.map(async (row) => {
        const limits = limitsOf(row);
        const calendar = await calendarOf(row.areaId, [limits.accept]);
        const at = row.createdAt.getTime();
        const clock = nextClock(null, { from: null, to: 'registered', at, limits, calendar });
        return this.columns(transaction, { id: row.id, severity: row.severity }, clock, calendar);
      }),
    );
  }

  /** Of orders that have none, in their order: their present step begins to count. @param orders as locked in this transaction */
  async fromNow(transaction: Transaction, orders: readonly WorkOrderRow[]): Promise<ClockColumns[]> {
    const calendarOf = this.finder(transaction);
    return Promise.all(
      orders.map(async (order) => {
        const [step, limits] = [stepOf(order.state), limitsOf(order)];
        const calendar = await calendarOf(order.areaId, [step && limits[step]]);
        const clock = nextClock(null, { from: null, to: order.state, at: this.clock.now(), limits, calendar });
        return this.columns(transaction, order, clock, calendar);
      }),
    );
  }

  /** What changes with a step; nothing where the clock goes on as it is. @param order as locked in this transaction */
  async step(
    transaction: Transaction,
    order: WorkOrderRow,
    { action, to }: { action: WorkOrderAction; to: WorkOrderState },
  ): Promise<ClockColumns> {
    if (action === 'grant-extension' && order.extension) return this.extend(transaction, order, order.extension.limit);
    const step = stepOf(to);
    if (order.state === to || (step && step === stepOf(order.state))) return {};
    const limits = limitsOf(order);
    const { clock: before } = order;
    const concerned = [before?.now.limit, before?.handle?.limit, step && limits[step]];
    const calendar = await this.finder(transaction)(order.areaId, concerned);
    const clock = nextClock(before, { from: order.state, to, at: this.clock.now(), limits, calendar });
    return this.columns(transaction, order, clock, calendar);
  }

  /** More time for the present step. */
  private async extend(transaction: Transaction, order: WorkOrderRow, by: StepLimit): Promise<ClockColumns> {
    if (!order.clock) return {};
    const calendar = await this.finder(transaction)(order.areaId, [order.clock.now.limit, by]);
    const now = extended(order.clock.now, by, this.clock.now(), calendar);
    return this.columns(transaction, order, { ...order.clock, now }, calendar);
  }

  /** The same clock by the calendars of now. */
  async recount(transaction: Transaction, order: WorkOrderRow, book: CalendarBook): Promise<ClockColumns> {
    return this.columns(transaction, order, order.clock, await book.of(order.areaId));
  }

  /**
   * Until when somebody who is asked must have accepted: for the first who is asked the deadline of the step itself, for each
   * one after as long again. The answer looks the calendars up at most once, however often it is asked.
   */
  acceptTimes(transaction: Transaction): (order: Asked, first: boolean) => Promise<Date> {
    const calendarOf = this.finder(transaction);
    return async (order, first) => {
      const now = this.clock.now();
      if (first && order.dueAt && order.dueAt.getTime() > now) return order.dueAt;
      const { accept } = limitsOf(order);
      const from = first && !order.dueAt ? order.createdAt.getTime() : now;
      const due = dueAt(from, accept, await calendarOf(order.areaId, [accept]));
      return new Date(Number.isFinite(due) ? due : now + order.acceptWithinSeconds * 1000);
    };
  }

  private columns(
    { schedule }: Transaction,
    order: { id: string; severity: WorkOrderRow['severity']; clock?: CaseClock | null; deadlineTold?: number },
    clock: CaseClock | null,
    calendar: WorkingCalendar,
  ): ClockColumns {
    if (!clock) return { clock: null, stepStartedAt: null, warnAt: null, dueAt: null, deadlineTold: told.nothing };
    const { now: step } = clock;
    const before = order.clock?.now;
    const goesOn = before?.step === step.step && before.startedAt === step.startedAt;
    const times = timesOf(step, calendar);
    const facts = { step, times, told: order.deadlineTold ?? told.nothing, goesOn, now: this.clock.now() };
    const deadlineTold = toldAfter(facts);
    const check = nextCheck(times, deadlineTold);
    if (check !== null) schedule(checkDeadline(order, step.step, check));
    const stands = step.limit !== null && step.since === null;
    return {
      clock: json(clock),
      stepStartedAt: stands ? null : new Date(step.startedAt),
      warnAt: dateOf(times.warnAt),
      dueAt: dateOf(times.dueAt),
      deadlineTold,
    };
  }

  /** Looks the calendars up when the first limit asks for them: plain minutes never do. */
  private finder(transaction: Transaction) {
    let book: Promise<CalendarBook> | undefined;
    return async (areaId: string, limits: readonly (StepLimit | null | undefined)[]): Promise<WorkingCalendar> => {
      if (limits.every((limit) => !limit || limit.unit === 'minutes')) return this.calendars.nobodys;
      book ??= this.calendars.hold(transaction);
      return (await book).of(areaId);
    };
  }
}

export const checkDeadline = ({ id, severity }: Pick<WorkOrderRow, 'id' | 'severity'>, step: ClockedStep, at: number) =>
  ({
    name: 'check-deadline',
    subject: `${id}:${step}:${at}`,
    payload: { workOrderId: id },
    dueAt: at,
    urgent: isUrgent(severity),
  }) as const;

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Orders older than limits have the one for acceptance only. A row about to be written carries JSON. */
function limitsOf({ limits, acceptWithinSeconds }: Pick<Asked, 'limits' | 'acceptWithinSeconds'>): CaseLimits {
  if (typeof limits === 'string') return JSON.parse(limits) as CaseLimits;
  return (
    limits ?? { accept: { amount: Math.ceil(acceptWithinSeconds / 60), unit: 'minutes' }, handle: null, verify: null }
  );
}
