import { Inject, Injectable } from '@nestjs/common';
import type { ChainStep } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { type Assignment, isOfOfficers } from './assignment.js';
import { dataOf, escalation } from './attempts.js';
import { keepCalls } from './calls.js';
import { candidateRows } from './candidate-rows.js';
import { Choosing } from './choosing.js';
import { dispatchActor } from './dispatch-actor.js';
import { OrderClocks } from './order-clock.js';
import type { Opening } from './order-intake.js';
import { type Given, OrderLedger, type WorkOrderRow } from './order-ledger.js';

/** Attempts that reach nobody new are told so often in the story, and then once an hour: an ignored order stays readable. */
const repeatsTold = 10;
const tellAgainAfterMs = 3_600_000;

/** Gives an order to the next person of its chain and sets the clock for the one after. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly choosing: Choosing,
    private readonly ledger: OrderLedger,
    private readonly clocks: OrderClocks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The first attempt, for an order just registered. */
  async dispatch(transaction: Transaction, order: WorkOrderRow): Promise<WorkOrderRow> {
    return this.ask(transaction, order, 0);
  }

  /** Nobody accepted at the present level, or it was given back: the next one. */
  async escalate(transaction: Transaction, order: WorkOrderRow): Promise<WorkOrderRow> {
    return this.ask(transaction, order, order.escalationLevel + 1);
  }

  /**
   * The first attempt for many new orders, each seeing the load of those before it; no statement for each of them.
   * @returns those that an officer on shift was found for
   */
  async giveAll(transaction: Transaction, openings: readonly Opening[]): Promise<Given[]> {
    if (!openings.length) return [];
    const acceptBy = this.clocks.acceptTimes(transaction);
    const given: Given[] = [];
    for (const { opening, steps, found } of await this.choosing.firsts(transaction, openings)) {
      const until = this.ownWait(steps, found) ?? (await acceptBy(opening.row, true));
      transaction.schedule(escalation(opening.row, 0, until.getTime()));
      given.push({
        ...opening,
        candidates: candidateRows(found, this.clock.now()),
        step: {
          action: 'dispatch',
          to: 'dispatched',
          actor: dispatchActor,
          data: dataOf(found, 0),
          tell: found.called,
        },
        set: {
          assigneeId: found.personId,
          escalationLevel: 0,
          acceptBy: until,
          chainStep: found.at.step,
          chainTimes: found.at.times,
        },
      });
    }
    return given;
  }

  private async ask(transaction: Transaction, order: WorkOrderRow, level: number): Promise<WorkOrderRow> {
    const { found, steps } = await this.choosing.next(transaction, order, level);
    const registered = await this.tellOfEmptySteps(transaction, order, level, found);
    await this.keepCandidates(transaction, order, level, found);
    const assigneeId = found.kind === 'nobody' ? null : found.personId;
    const called = found.kind === 'nobody' ? [] : found.called;
    const acceptBy = this.ownWait(steps, found) ?? (await this.clocks.acceptTimes(transaction)(order, level === 0));
    // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
    transaction.schedule(escalation(order, level, acceptBy.getTime()));
    const asked = await this.ledger.record(transaction, registered, {
      action: level === 0 && assigneeId ? 'dispatch' : 'escalate',
      to: assigneeId ? 'dispatched' : 'registered',
      actor: dispatchActor,
      data: dataOf(found, level),
      quiet: found.kind !== 'assign' && (await this.isWellKnown(transaction, order)),
      tell: called,
      set: {
        assigneeId,
        escalationLevel: level,
        acceptBy,
        chainStep: found.at.step,
        chainTimes: found.at.times,
      },
    });
    await keepCalls(transaction.db, [{ workOrderId: order.id, personIds: called }], asked.updatedAt);
    return asked;
  }

  /** How long the step of the chain waits where it says so; else the kind of work does. */
  private ownWait(steps: readonly ChainStep[], { at }: Assignment): Date | undefined {
    const minutes = steps[at.step]?.waitMinutes;
    return minutes ? new Date(this.clock.now() + minutes * 60_000) : undefined;
  }

  /** With no officer to ask it goes up at once, and the control room is told: a step of its own in the story. */
  private async tellOfEmptySteps(
    transaction: Transaction,
    order: WorkOrderRow,
    level: number,
    found: Assignment,
  ): Promise<WorkOrderRow> {
    const isUp = found.kind === 'assign' && !isOfOfficers(found.who) && found.passed.some(isOfOfficers);
    if (order.state !== 'registered' || !isUp) return order;
    return this.ledger.record(transaction, order, {
      action: 'escalate',
      to: 'registered',
      actor: dispatchActor,
      data: { outcome: 'nobody-on-shift', passed: found.passed, level },
    });
  }

  private async keepCandidates({ db }: Transaction, { id }: WorkOrderRow, level: number, found: Assignment) {
    const rows = found.kind === 'remind' ? [] : candidateRows(found, this.clock.now());
    if (!rows.length) return;
    await db
      .insertInto('workOrderCandidates')
      .values(rows.map((row) => ({ workOrderId: id, level, ...row })))
      .execute();
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
}
