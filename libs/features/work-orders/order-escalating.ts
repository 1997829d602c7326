import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims } from '@sc/platform/jobs';
import { type Kysely, sql } from 'kysely';
import { attempt, escalation, goesUpUnasked, isWellKnown, ownWait, type Repeats } from './attempts.js';
import { keepCalls } from './calls.js';
import { candidateRows } from './candidate-rows.js';
import { type Choice, Choosing } from './choosing.js';
import { isAwaitingAcceptance } from './decide.js';
import { OrderClocks } from './order-clock.js';
import { type Move, OrderLedger, type WorkOrderRow } from './order-ledger.js';

type EscalationJob = Job<'escalate-work-order'>;
type Chosen = Choice & { order: WorkOrderRow };

/** Orders of one transaction: its cost is shared, and the community's turn is not held for long. */
const atOnce = 50;

/**
 * Many orders that nobody accepted in time, in few transactions: a storm falls due as it came. What it leaves, an order of which more is
 * to be told than one step, is for the handler of one.
 */
@Injectable()
export class OrderEscalating {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly choosing: Choosing,
    private readonly ledger: OrderLedger,
    private readonly clocks: OrderClocks,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async escalate(jobs: readonly EscalationJob[]): Promise<void> {
    const turns = await this.inTurn(jobs);
    for (let start = 0; start < turns.length; start += atOnce)
      await this.unitOfWork.run((transaction) => this.together(transaction, turns.slice(start, start + atOnce)));
  }

  /** One job of each order, the gravest first, then place by place, as assigning goes one after the other in a community. */
  private async inTurn(jobs: readonly EscalationJob[]): Promise<EscalationJob[]> {
    const byOrder = new Map(jobs.toReversed().map((job) => [job.payload.workOrderId, job]));
    const orders = await this.database
      .selectFrom('workOrders')
      .select(['id', 'severity', 'areaId'])
      .where(sql<boolean>`id = any(${[...byOrder.keys()]}::uuid[])`)
      .execute();
    const placed: { job: EscalationJob; severity: WorkOrderRow['severity']; path: string }[] = [];
    for (const { id, severity, areaId } of orders)
      placed.push({
        job: byOrder.get(id)!,
        severity,
        path: `${(await this.directory.areaPath(areaId)).join(' ')} ${id}`,
      });
    placed.sort((a, b) => compareSeverity(a.severity, b.severity) || (a.path < b.path ? -1 : 1));
    return placed.map(({ job }) => job);
  }

  /** Orders are locked as everywhere, by id; jobs after them, without waiting for another handler. */
  private async together(transaction: Transaction, jobs: readonly EscalationJob[]): Promise<void> {
    const locked = await this.lock(
      transaction,
      jobs.map(({ payload }) => payload.workOrderId),
    );
    const ours = await this.claims.claimAll(transaction, jobs);
    const waiting = ours.flatMap(({ payload: { workOrderId, level } }) => {
      const order = locked.get(workOrderId);
      // Accepted meanwhile, or gone further: the job is done with.
      return order && isAwaitingAcceptance(order.state) && order.escalationLevel === level ? [order] : [];
    });
    if (!waiting.length) return;
    const chosen = await this.choosing.nexts(transaction, waiting, (order, found) => !goesUpUnasked(order, found));
    await this.record(transaction, chosen);
    const done = new Set(chosen.map(({ order }) => order.id));
    const left = new Set(waiting.flatMap(({ id }) => (done.has(id) ? [] : id)));
    await this.claims.giveBack(
      transaction,
      ours.filter(({ payload }) => left.has(payload.workOrderId)),
    );
  }

  private async record(transaction: Transaction, chosen: readonly Chosen[]): Promise<void> {
    const now = this.clock.now();
    const acceptBy = this.clocks.acceptTimes(transaction);
    const repeats = await this.repeatsOf(transaction, chosen);
    const moves: Move[] = [];
    for (const { order, steps, found } of chosen) {
      const level = order.escalationLevel + 1;
      const until = ownWait(steps, found, now) ?? (await acceptBy(order, false));
      // Whatever the outcome, somebody looks again: an order that waits always has a due escalation behind it (P4).
      transaction.schedule(escalation(order, level, until.getTime()));
      const told = repeats.get(order.id);
      const quiet = found.kind !== 'assign' && told !== undefined && isWellKnown(told, now);
      moves.push({ order, step: attempt(found, level, until, quiet) });
    }
    await this.keepCandidates(transaction, chosen);
    await this.ledger.moveAll(transaction, moves);
    const calls = moves.map(({ order, step }) => ({ workOrderId: order.id, personIds: step.tell ?? [] }));
    await keepCalls(transaction.db, calls, new Date(now));
  }

  private async lock({ db }: Transaction, ids: readonly string[]): Promise<Map<string, WorkOrderRow>> {
    const orders = await db
      .selectFrom('workOrders')
      .selectAll()
      .where(sql<boolean>`id = any(${ids}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute();
    return new Map(orders.map((order) => [order.id, order]));
  }

  private async keepCandidates({ db }: Transaction, chosen: readonly Chosen[]): Promise<void> {
    const rows = chosen.flatMap(({ order, found }) =>
      found.kind === 'remind'
        ? []
        : candidateRows(found, this.clock.now()).map((row) => ({
            workOrderId: order.id,
            level: order.escalationLevel + 1,
            ...row,
          })),
    );
    if (rows.length) await db.insertInto('workOrderCandidates').values(rows).execute();
  }

  /** How often each of these orders told that it reaches nobody new. */
  private async repeatsOf({ db }: Transaction, chosen: readonly Chosen[]): Promise<Map<string, Repeats>> {
    const ids = chosen.flatMap(({ order, found }) => (found.kind === 'assign' ? [] : order.id));
    if (!ids.length) return new Map();
    const { rows } = await sql<Repeats & { workOrderId: string }>`
      select work_order_id, count(*)::int as times, max(at) as last from work_order_steps
      where work_order_id = any(${ids}::uuid[]) and action = 'escalate' and data ->> 'outcome' in ('remind', 'nobody')
      group by work_order_id`.execute(db);
    return new Map(rows.map(({ workOrderId, ...repeats }) => [workOrderId, repeats]));
  }
}
