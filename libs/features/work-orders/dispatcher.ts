import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import type { Assignment } from './assignment.js';
import { attempt, dataOf, escalation, goesUpUnasked, isWellKnown, ownWait, type Repeats } from './attempts.js';
import { keepCalls } from './calls.js';
import { candidateRows } from './candidate-rows.js';
import { Choosing } from './choosing.js';
import { dispatchActor } from './dispatch-actor.js';
import { OrderClocks } from './order-clock.js';
import type { Opening } from './order-intake.js';
import { type Given, OrderLedger, type WorkOrderRow } from './order-ledger.js';

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
      const until = ownWait(steps, found, this.clock.now()) ?? (await acceptBy(opening.row, true));
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
    const own = ownWait(steps, found, this.clock.now());
    const acceptBy = own ?? (await this.clocks.acceptTimes(transaction)(order, level === 0));
    // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
    transaction.schedule(escalation(order, level, acceptBy.getTime()));
    const quiet = found.kind !== 'assign' && isWellKnown(await this.repeatsOf(transaction, order), this.clock.now());
    const step = attempt(found, level, acceptBy, quiet);
    const asked = await this.ledger.record(transaction, registered, step);
    await keepCalls(transaction.db, [{ workOrderId: order.id, personIds: step.tell }], asked.updatedAt);
    return asked;
  }

  /** With no officer to ask it goes up at once, and the control room is told: a step of its own in the story. */
  private async tellOfEmptySteps(
    transaction: Transaction,
    order: WorkOrderRow,
    level: number,
    found: Assignment,
  ): Promise<WorkOrderRow> {
    if (!goesUpUnasked(order, found)) return order;
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

  private async repeatsOf({ db }: Transaction, order: WorkOrderRow): Promise<Repeats> {
    return db
      .selectFrom('workOrderSteps')
      .select(({ fn }) => [fn.countAll<number>().as('times'), fn.max('at').as('last')])
      .where('workOrderId', '=', order.id)
      .where('action', '=', 'escalate')
      .where((eb) => eb(eb.ref('data', '->>').key('outcome'), 'in', ['remind', 'nobody']))
      .executeTakeFirstOrThrow();
  }
}
