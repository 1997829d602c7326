import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Calendars } from '@sc/features/calendars';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import { sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { checkDeadline, OrderClocks } from './order-clock.js';
import { told } from './order-clock-told.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { withClaimedOrder } from './with-claimed-order.js';

/** Orders whose deadlines move in one transaction. */
const batch = 500;

/**
 * Deadlines of steps. Handlers look at the order as it is, not at what their job was made for: a late or repeated one, or
 * one of a deadline that moved, changes nothing. Retried ten times, then a dead letter, which the sweep tries again.
 */
@Controller()
export class OrderDeadlines {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly ledger: OrderLedger,
    private readonly clocks: OrderClocks,
    private readonly calendars: Calendars,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The holder is warned once, the supervisor told once; that it is over is part of the story. */
  @JobHandler('check-deadline')
  async check(@Payload() job: Job<'check-deadline'>): Promise<void> {
    await withClaimedOrder(this.unitOfWork, this.claims, job, (transaction, order) => this.tell(transaction, order));
  }

  private async tell(transaction: Transaction, order: WorkOrderRow): Promise<void> {
    const { warnAt, dueAt, deadlineTold, clock } = order;
    const now = this.clock.now();
    if (!clock || !dueAt || !warnAt || deadlineTold === told.over) return;
    const { step } = clock.now;
    const said = { to: order.state, actor: dispatchActor, data: { step, dueAt: dueAt.toISOString() } };
    if (dueAt.getTime() <= now && step !== 'accept') {
      await this.ledger.record(transaction, order, { ...said, action: 'overdue', set: { deadlineTold: told.over } });
    } else if (warnAt.getTime() <= now && deadlineTold === told.nothing) {
      const deadlineToldNow = step === 'accept' ? told.over : told.near;
      await this.ledger.record(transaction, order, {
        ...said,
        action: 'warn',
        quiet: true,
        set: { deadlineTold: deadlineToldNow },
      });
      if (step !== 'accept') transaction.schedule(checkDeadline(order, step, dueAt.getTime()));
    }
  }

  /** A calendar of an area changed. A batch at a time, each with a job of its own; counting anew twice is counting once. */
  @JobHandler('move-deadlines')
  async move(@Payload() job: Job<'move-deadlines'>): Promise<void> {
    const { areaId, changeId, after } = job.payload;
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      const book = await this.calendars.hold(transaction);
      const orders = await this.open(transaction, areaId, after);
      const moved: object[] = [];
      for (const order of orders) {
        const { dueAt, warnAt, deadlineTold } = await this.clocks.recount(transaction, order, book);
        const first = order.clock?.now.step === 'accept' && order.acceptBy?.getTime() === order.dueAt?.getTime();
        moved.push({
          id: order.id,
          due_at: dueAt,
          warn_at: warnAt,
          deadline_told: deadlineTold,
          accept_by: first ? dueAt : order.acceptBy,
          escalation: first ? `${order.id}:${order.escalationLevel}` : null,
        });
      }
      await this.write(transaction, moved);
      const last = orders.length === batch ? orders.at(-1)!.id : undefined;
      if (last)
        transaction.schedule({
          name: 'move-deadlines',
          subject: `${changeId}:${last}`,
          payload: { areaId, changeId, after: last },
        });
    });
  }

  /** Deadlines below the area that a calendar says something about. */
  private async open({ db }: Transaction, areaId: string, after: string | null): Promise<WorkOrderRow[]> {
    return db
      .selectFrom('workOrders')
      .innerJoin('areas', 'areas.id', 'workOrders.areaId')
      .selectAll('workOrders')
      .where(sql<boolean>`areas.path @> array[${areaId}]::text[]`)
      .where('workOrders.dueAt', 'is not', null)
      .where(sql<boolean>`work_orders.clock -> 'now' -> 'limit' ->> 'unit' <> 'minutes'`)
      .$if(after !== null, (query) => query.where('workOrders.id', '>', after))
      .orderBy('workOrders.id')
      .limit(batch)
      .forUpdate('workOrders')
      .execute();
  }

  /** With the first deadline of acceptance moves its escalation. */
  private async write({ db }: Transaction, moved: readonly object[]): Promise<void> {
    if (!moved.length) return;
    await sql`
      with moved as (
        select * from jsonb_to_recordset(${json(moved)}::jsonb) as x (id uuid, due_at timestamptz, warn_at timestamptz,
          deadline_told smallint, accept_by timestamptz, escalation text)
      ), escalations as (
        update jobs set due_at = moved.due_at, bundle = null from moved
        where jobs.name = 'escalate-work-order' and jobs.subject = moved.escalation and jobs.state = 'pending'
      )
      update work_orders o set due_at = moved.due_at, warn_at = moved.warn_at, deadline_told = moved.deadline_told,
        accept_by = moved.accept_by
      from moved where o.id = moved.id`.execute(db);
  }
}
