import { Inject, Injectable } from '@nestjs/common';
import { isUrgent } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { assign, type Assignment } from './assignment.js';
import { dispatchActor } from './dispatch-actor.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';

/** Distinguishes our advisory locks from others (the first of the two keys). */
const assigningLock = 7_241_936;

/** Attempts that reach nobody new are told so often in the story, and then once an hour: an ignored order stays readable. */
const repeatsTold = 10;
const tellAgainAfterMs = 3_600_000;

/** Gives an order to the next person of its chain and sets the clock for the one after. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly directory: Directory,
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The first attempt, for an order just registered. */
  async dispatch(transaction: Transaction, order: WorkOrderRow): Promise<WorkOrderRow> {
    return this.ask(transaction, order, 0);
  }

  /** Nobody accepted at the present level: the next one. */
  async escalate(transaction: Transaction, order: WorkOrderRow): Promise<WorkOrderRow> {
    return this.ask(transaction, order, order.escalationLevel + 1);
  }

  private async ask(transaction: Transaction, order: WorkOrderRow, level: number): Promise<WorkOrderRow> {
    const assignment = await this.choose(transaction, order);
    if (assignment.kind === 'assign' && assignment.candidates.length) {
      await transaction.db
        .insertInto('workOrderCandidates')
        .values(assignment.candidates.map((candidate) => ({ workOrderId: order.id, level, ...candidate })))
        .execute();
    }
    const assigneeId = assignment.kind === 'nobody' ? null : assignment.personId;
    const acceptBy = this.clock.now() + order.acceptWithinSeconds * 1000;
    // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
    transaction.schedule({
      name: 'escalate-work-order',
      subject: `${order.id}:${level}`,
      payload: { workOrderId: order.id, level },
      dueAt: acceptBy,
      urgent: isUrgent(order.severity),
    });
    return this.ledger.record(transaction, order, {
      action: level === 0 && assigneeId ? 'dispatch' : 'escalate',
      to: assigneeId ? 'dispatched' : 'registered',
      actor: dispatchActor,
      data: { outcome: assignment.kind, assigneeId, level },
      quiet: assignment.kind !== 'assign' && (await this.isWellKnown(transaction, order)),
      set: { assigneeId, escalationLevel: level, acceptBy: new Date(acceptBy) },
    });
  }

  /** Whether the story has said often enough, and not long ago, that this order reaches nobody new. */
  private async isWellKnown({ db }: Transaction, order: WorkOrderRow): Promise<boolean> {
    const told = await db
      .selectFrom('workOrderSteps')
      .select(({ fn }) => [fn.countAll<number>().as('times'), fn.max('at').as('last')])
      .where('workOrderId', '=', order.id)
      .where('action', '=', 'escalate')
      .where((eb) => eb(eb.ref('data', '->>').key('outcome'), 'in', ['remind', 'nobody']))
      .executeTakeFirstOrThrow();
    return told.times >= repeatsTold && this.clock.now() - told.last.getTime() < tellAgainAfterMs;
  }

  private async choose({ db }: Transaction, order: WorkOrderRow): Promise<Assignment> {
    const { directory } = this;
    const now = this.clock.now();
    const grid = order.dutyGridId ?? order.areaId;
    const community = await directory.communityOf(order.areaId, db);
    // Two orders assigned at the same moment must each see the other's load; short, and per community.
    await sql`select pg_advisory_xact_lock(${assigningLock}, hashtext(${community ?? grid}))`.execute(db);
    const asked = await db
      .selectFrom('workOrderCandidates')
      .select('personId')
      .where('workOrderId', '=', order.id)
      .where('chosen', '=', true)
      .execute();
    return assign({
      grid: await directory.officersOnShift(grid, now, db),
      community: community ? await directory.officersOnShift(community, now, db) : [],
      managers: await directory.managersOf(order.areaId, db),
      asked: new Set(asked.map((row) => row.personId)),
      holderId: order.assigneeId,
    });
  }
}
