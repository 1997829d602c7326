import { Inject, Injectable } from '@nestjs/common';
import { type ChainStep, isUrgent, type JobRequest } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { type ChainBook, EscalationChains } from '@sc/features/escalation';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { assign, type Assignment, type ChainPosition, isOfOfficers } from './assignment.js';
import { keepCalls } from './calls.js';
import { candidateRows } from './candidate-rows.js';
import { dispatchActor } from './dispatch-actor.js';
import { dangersToLife } from './life-safety.js';
import type { Opening } from './order-intake.js';
import { type Given, OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { Roster } from './roster.js';

/** Distinguishes our advisory locks from others (the first of the two keys). */
const assigningLock = 7_241_936;

/** Attempts that reach nobody new are told so often in the story, and then once an hour: an ignored order stays readable. */
const repeatsTold = 10;
const tellAgainAfterMs = 3_600_000;

const start: ChainPosition = { step: 0, times: 0 };

/** Gives an order to the next person of its chain and sets the clock for the one after. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly directory: Directory,
    private readonly chains: EscalationChains,
    private readonly ledger: OrderLedger,
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
    const { db, schedule } = transaction;
    const rows = openings.map(({ row }) => row);
    const book = await this.chains.book(
      rows.map(({ areaId }) => areaId),
      db,
    );
    const dangers = await dangersToLife(db, rows);
    await this.lockAssigning(transaction, rows);
    const roster = new Roster(this.directory, this.clock.now(), db);
    const given: Given[] = [];
    for (const { row, alarm } of openings) {
      const steps = await this.stepsOf(transaction, book, row, dangers.has(row.id));
      const ofOfficers = steps.slice(
        0,
        Math.max(
          0,
          steps.findIndex(({ who }) => !isOfOfficers(who)),
        ),
      );
      const rungs = await roster.rungs(row, ofOfficers);
      const found = assign({ rungs, at: start, asked: new Set(), holderId: null });
      if (found.kind !== 'assign') continue;
      roster.gave(found.personId, row.severity);
      const acceptBy = this.clock.now() + waitMs(row, steps, found);
      schedule(escalation(row, 0, acceptBy));
      given.push({
        row,
        alarm,
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
          acceptBy: new Date(acceptBy),
          chainStep: found.at.step,
          chainTimes: found.at.times,
        },
      });
    }
    return given;
  }

  private async ask(transaction: Transaction, order: WorkOrderRow, level: number): Promise<WorkOrderRow> {
    const { found, steps } = await this.choose(transaction, order, level);
    const registered = await this.tellOfEmptySteps(transaction, order, level, found);
    await this.keepCandidates(transaction, order, level, found);
    const assigneeId = found.kind === 'nobody' ? null : found.personId;
    const called = found.kind === 'nobody' ? [] : found.called;
    const acceptBy = this.clock.now() + waitMs(order, steps, found);
    // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
    transaction.schedule(escalation(order, level, acceptBy));
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
        acceptBy: new Date(acceptBy),
        chainStep: found.at.step,
        chainTimes: found.at.times,
      },
    });
    await keepCalls(transaction.db, [{ workOrderId: order.id, personIds: called }], asked.updatedAt);
    return asked;
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

  private async choose(transaction: Transaction, order: WorkOrderRow, level: number) {
    const { db } = transaction;
    const book = await this.chains.book([order.areaId], db);
    const dangers = await dangersToLife(db, [order]);
    await this.lockAssigning(transaction, [order]);
    const steps = await this.stepsOf(transaction, book, order, dangers.has(order.id));
    const roster = new Roster(this.directory, this.clock.now(), db);
    const rungs = await roster.rungs(order, steps);
    const asked = level === 0 ? new Set<string>() : await this.askedFor(transaction, order);
    // What nobody has begins the chain anew: whoever came on shift meanwhile, or was not asked, is nearer than a manager.
    const at = order.assigneeId
      ? { step: Math.min(order.chainStep, steps.length - 1), times: order.chainTimes }
      : start;
    return { steps, found: assign({ rungs, at, asked, holderId: order.assigneeId }) };
  }

  private async stepsOf(
    { db }: Transaction,
    book: ChainBook,
    {
      areaId,
      severity,
      teamId = null,
    }: Pick<WorkOrderRow, 'areaId' | 'severity'> & { teamId?: string | null | undefined },
    lifeSafety: boolean,
  ): Promise<ChainStep[]> {
    return book.stepsFor({ severity, teamId, lifeSafety, path: await this.directory.areaPath(areaId, db) });
  }

  private async askedFor({ db }: Transaction, order: WorkOrderRow): Promise<Set<string>> {
    // Who was called, gave it back, or was given it by hand, was asked too.
    const { rows } = await sql<{ personId: string }>`
      select person_id from work_order_candidates where work_order_id = ${order.id} and chosen
      union select person_id from work_order_calls where work_order_id = ${order.id}
      union select actor_id::uuid from work_order_steps where work_order_id = ${order.id} and action = 'return'
      union select (data ->> 'assigneeId')::uuid from work_order_steps
        where work_order_id = ${order.id} and action = 'assign'`.execute(db);
    return new Set(rows.map(({ personId }) => personId));
  }

  /**
   * Two orders assigned at the same moment must each see the other's load; short, and per community. Several in the order
   * of the locks, and after everything else, so that nobody waits in a circle.
   */
  private async lockAssigning(
    { db }: Transaction,
    orders: readonly Pick<Opening['row'], 'areaId' | 'dutyGridId'>[],
  ): Promise<void> {
    const places = await Promise.all(
      orders.map(
        async ({ areaId, dutyGridId }) => (await this.directory.communityOf(areaId, db)) ?? dutyGridId ?? areaId,
      ),
    );
    await sql`
      select pg_advisory_xact_lock(${assigningLock}, key)
      from (select distinct hashtext(name) as key from unnest(${places}::text[]) as name order by key) as keys`.execute(
      db,
    );
  }
}

/** From this attempt to the next. */
const waitMs = (
  { acceptWithinSeconds }: Pick<WorkOrderRow, 'acceptWithinSeconds'>,
  steps: readonly ChainStep[],
  { at }: Assignment,
): number => (steps[at.step]?.waitMinutes ?? acceptWithinSeconds / 60) * 60_000;

/** What the story says of an attempt: ids and codes. */
const dataOf = (found: Assignment, level: number): Record<string, unknown> => ({
  outcome: found.kind,
  level,
  ...(found.kind === 'nobody'
    ? { assigneeId: null }
    : { assigneeId: found.personId, who: found.who, ...(found.called.length ? { called: found.called.length } : {}) }),
  ...(found.passed.length ? { passed: found.passed } : {}),
});

const escalation = (
  { id, severity }: Pick<WorkOrderRow, 'id' | 'severity'>,
  level: number,
  dueAt: number,
): JobRequest => ({
  name: 'escalate-work-order',
  subject: `${id}:${level}`,
  payload: { workOrderId: id, level },
  dueAt,
  urgent: isUrgent(severity),
});
