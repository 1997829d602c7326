import { Inject, Injectable } from '@nestjs/common';
import type { ChainStep } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { type ChainBook, EscalationChains } from '@sc/features/escalation';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { assign, type Assignment, type ChainPosition, isOfOfficers } from './assignment.js';
import type { Rung } from './considered.js';
import { dangersToLife } from './life-safety.js';
import type { Opening } from './order-intake.js';
import type { WorkOrderRow } from './order-ledger.js';
import { Roster } from './roster.js';

/** Distinguishes our advisory locks from others (the first of the two keys). */
const assigningLock = 7_241_946;

const start: ChainPosition = { step: 0, times: 0 };

/** Everyone who was asked to take an order before. */
type Asked = ReadonlyMap<string, ReadonlySet<string>>;
const nobody: Asked = new Map();

/** Where the order goes on in its chain. */
function nextOf(order: WorkOrderRow, steps: readonly ChainStep[], rungs: readonly Rung[], asked: Asked): Assignment {
  const { id, assigneeId: holderId, chainStep, chainTimes } = order;
  // What nobody has begins the chain anew: whoever came on shift meanwhile, or was not asked, is nearer than a manager.
  const at = holderId ? { step: Math.min(chainStep, steps.length - 1), times: chainTimes } : start;
  return assign({ rungs, at, asked: asked.get(id) ?? new Set(), holderId });
}

export interface Choice<Found extends Assignment = Assignment> {
  found: Found;
  /** The chain as it is at this attempt. */
  steps: readonly ChainStep[];
}
type Somebody = Exclude<Assignment, { kind: 'nobody' }>;

/** Looks up what `assign` rests on, and asks it; in one transaction. */
@Injectable()
export class Choosing {
  constructor(
    private readonly directory: Directory,
    private readonly chains: EscalationChains,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The next attempt for one order, along the whole of its chain. */
  async next(transaction: Transaction, order: WorkOrderRow, level: number): Promise<Choice> {
    const { db } = transaction;
    const book = await this.chains.book([order.areaId], db);
    const dangers = await dangersToLife(db, [order]);
    await this.lockAssigning(transaction, [order]);
    const steps = await this.stepsOf(transaction, book, order, dangers.has(order.id));
    const rungs = await new Roster(this.directory, this.clock.now(), db).rungs(order, steps);
    const asked = level === 0 ? nobody : await this.askedFor(transaction, [order]);
    return { steps, found: nextOf(order, steps, rungs, asked) };
  }

  /** The next attempt for many orders, each seeing what those before it brought about; no statement for each of them. */
  async nexts(
    transaction: Transaction,
    orders: readonly WorkOrderRow[],
    isMeant: (order: WorkOrderRow, found: Assignment) => boolean,
  ): Promise<(Choice & { order: WorkOrderRow })[]> {
    const { db } = transaction;
    const areaIds = orders.map(({ areaId }) => areaId);
    const book = await this.chains.book(areaIds, db);
    const dangers = await dangersToLife(db, orders);
    await this.lockAssigning(transaction, orders);
    const roster = new Roster(this.directory, this.clock.now(), db);
    await roster.lookAround(orders);
    const asked = await this.askedFor(transaction, orders);
    const choices: (Choice & { order: WorkOrderRow })[] = [];
    for (const order of orders) {
      const { assigneeId: before, severity } = order;
      const steps = await this.stepsOf(transaction, book, order, dangers.has(order.id));
      const found = nextOf(order, steps, await roster.rungs(order, steps), asked);
      if (!isMeant(order, found)) continue;
      choices.push({ order, steps, found });
      const after = found.kind === 'nobody' ? null : found.personId;
      if (before && (before !== after || found.kind === 'assign')) roster.took(before, severity);
      if (found.kind === 'assign') roster.gave(found.personId, severity);
    }
    return choices;
  }

  /**
   * The first attempt for many new orders, each seeing the load of those before it; no statement for each of them.
   * @returns those that an officer on shift was found for
   */
  async firsts<O extends Opening>(
    transaction: Transaction,
    openings: readonly O[],
  ): Promise<(Choice<Somebody> & { opening: O })[]> {
    const { db } = transaction;
    const rows = openings.map(({ row }) => row);
    const areaIds = rows.map(({ areaId }) => areaId);
    const book = await this.chains.book(areaIds, db);
    const dangers = await dangersToLife(db, rows);
    await this.lockAssigning(transaction, rows);
    const roster = new Roster(this.directory, this.clock.now(), db);
    await roster.lookAround(rows);
    const choices: (Choice<Somebody> & { opening: O })[] = [];
    for (const opening of openings) {
      const { row } = opening;
      const steps = await this.stepsOf(transaction, book, row, dangers.has(row.id));
      const above = steps.findIndex(({ who }) => !isOfOfficers(who));
      const rungs = await roster.rungs(row, steps.slice(0, Math.max(0, above)));
      const found = assign({ rungs, at: start, asked: new Set(), holderId: null });
      if (found.kind === 'nobody') continue;
      roster.gave(found.personId, row.severity);
      choices.push({ opening, steps, found });
    }
    return choices;
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

  /** By order. */
  private async askedFor({ db }: Transaction, orders: readonly WorkOrderRow[]): Promise<Asked> {
    const ids = orders.map(({ id }) => id);
    // Who was called, gave it back, or was given it by hand, was asked too.
    const { rows } = await sql<{ workOrderId: string; personId: string }>`
      select work_order_id, person_id from work_order_candidates where work_order_id = any(${ids}::uuid[]) and chosen
      union select work_order_id, person_id from work_order_calls where work_order_id = any(${ids}::uuid[])
      union select work_order_id, actor_id::uuid from work_order_steps
        where work_order_id = any(${ids}::uuid[]) and action = 'return'
      union select work_order_id, (data ->> 'assigneeId')::uuid from work_order_steps
        where work_order_id = any(${ids}::uuid[]) and action = 'assign'`.execute(db);
    const asked = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
    for (const { workOrderId, personId } of rows) asked.get(workOrderId)!.add(personId);
    return asked;
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
