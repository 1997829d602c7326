import { Inject, Injectable } from '@nestjs/common';
import { isUrgent, type JobRequest } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { assign, type Assignment } from './assignment.js';
import { dispatchActor } from './dispatch-actor.js';
import type { Opening } from './order-intake.js';
import { type Given, OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { Roster } from './roster.js';

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

  /**
   * The first attempt for many new orders, each seeing the load of those before it. @returns those that an officer on shift was found for
   */
  async giveAll(transaction: Transaction, openings: readonly Opening[]): Promise<Given[]> {
    if (!openings.length) return [];
    const { db, schedule } = transaction;
    const communities = new Map<string, string | undefined>();
    for (const { row } of openings) communities.set(row.areaId, await this.directory.communityOf(row.areaId, db));
    await this.lockAssigning(
      transaction,
      openings.map(({ row }) => communities.get(row.areaId) ?? row.dutyGridId ?? row.areaId),
    );
    const roster = new Roster(this.directory, this.clock.now(), db);
    const given: Given[] = [];
    for (const { row, alarm } of openings) {
      const asked = { asked: new Set<string>(), holderId: null, managers: [] };
      const grid = await roster.onShift(row.dutyGridId ?? row.areaId);
      const community = communities.get(row.areaId);
      const assignment = assign({
        ...asked,
        grid,
        community: grid.length || !community ? [] : await roster.onShift(community),
      });
      if (assignment.kind !== 'assign') continue;
      const { personId: assigneeId } = assignment;
      roster.gave(assigneeId);
      const acceptBy = this.clock.now() + row.acceptWithinSeconds * 1000;
      schedule(escalation(row, 0, acceptBy));
      given.push({
        row,
        alarm,
        candidates: assignment.candidates,
        set: { assigneeId, escalationLevel: 0, acceptBy: new Date(acceptBy) },
        step: {
          action: 'dispatch',
          to: 'dispatched',
          actor: dispatchActor,
          data: { outcome: 'assign', assigneeId, level: 0 },
        },
      });
    }
    return given;
  }

  private async ask(transaction: Transaction, order: WorkOrderRow, level: number): Promise<WorkOrderRow> {
    const assignment = await this.choose(transaction, order, level);
    if (assignment.kind === 'assign' && assignment.candidates.length) {
      await transaction.db
        .insertInto('workOrderCandidates')
        .values(assignment.candidates.map((candidate) => ({ workOrderId: order.id, level, ...candidate })))
        .execute();
    }
    const assigneeId = assignment.kind === 'nobody' ? null : assignment.personId;
    const acceptBy = this.clock.now() + order.acceptWithinSeconds * 1000;
    // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
    transaction.schedule(escalation(order, level, acceptBy));
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

  private async choose(transaction: Transaction, order: WorkOrderRow, level: number): Promise<Assignment> {
    const { db } = transaction;
    const { directory } = this;
    const now = this.clock.now();
    const grid = order.dutyGridId ?? order.areaId;
    const community = await directory.communityOf(order.areaId, db);
    await this.lockAssigning(transaction, [community ?? grid]);
    const asked = level === 0 ? new Set<string>() : await this.askedFor(transaction, order);
    const options = { asked, holderId: order.assigneeId };
    const ofGrid = await directory.officersOnShift(grid, now, db);
    // A new order stays in its grid where somebody is on shift: then nobody else needs to be looked up.
    if (!asked.size && !order.assigneeId && ofGrid.length)
      return assign({ ...options, grid: ofGrid, community: [], managers: [] });
    return assign({
      ...options,
      grid: ofGrid,
      community: community ? await directory.officersOnShift(community, now, db) : [],
      managers: await directory.managersOf(order.areaId, db),
    });
  }

  private async askedFor({ db }: Transaction, order: WorkOrderRow): Promise<Set<string>> {
    const rows = await db
      .selectFrom('workOrderCandidates')
      .select('personId')
      .where('workOrderId', '=', order.id)
      .where('chosen', '=', true)
      .execute();
    return new Set(rows.map(({ personId }) => personId));
  }

  /**
   * Two orders assigned at the same moment must each see the other's load; short, and per community. Several in the order
   * of the locks, and after everything else, so that nobody waits in a circle.
   */
  private async lockAssigning({ db }: Transaction, communities: readonly string[]): Promise<void> {
    await sql`
      select pg_advisory_xact_lock(${assigningLock}, key)
      from (select distinct hashtext(name) as key from unnest(${communities}::text[]) as name order by key) as keys`.execute(
      db,
    );
  }
}

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
