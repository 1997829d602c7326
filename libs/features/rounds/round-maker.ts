import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { RoundHands } from './hands.js';
import type { RoundPoint } from './progress.js';
import { occurrences } from './recurrence/occurrences.js';
import { RoundLedger } from './round-ledger.js';

const hourMs = 3_600_000;
/** Rounds are there a day before, so that people see what comes; a plan is looked at once an hour. */
const aheadMs = 24 * hourMs;
const againMs = hourMs;
/** What was not made while nothing ran is made as missed, this far back and no further: it must be seen, not flood. */
const backMs = 7 * 24 * hourMs;
const mostAtOnce = 100;

/** One at a time: two who look at the same moment would find the same person the least loaded. */
const makeLock = 7_241_951;

type PlanRow = Row<'roundPlans'>;

/**
 * Makes the rounds of plans ahead of their time. Identity is (plan, start): made again, by another process, after a restart or
 * a jump of the clock, they are the same rounds.
 */
@Injectable()
export class RoundMaker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: RoundLedger,
    private readonly hands: RoundHands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** One plan. Of several processes at once one makes, the others have nothing to do. @returns whether another plan may wait */
  async makeOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(${makeLock}) as ours`.execute(
        transaction.db,
      );
      if (!rows[0]?.ours) return false;
      const now = this.clock.now();
      const plan = await transaction.db
        .selectFrom('roundPlans')
        .selectAll()
        .where('enabled', '=', true)
        .where('removedAt', 'is', null)
        .where(({ eb, or }) =>
          or([
            eb('madeUntil', '<', new Date(now + aheadMs - againMs)),
            // Made by a clock that ran ahead: what it believed is forgotten.
            eb('madeUntil', '>', new Date(now + aheadMs + againMs)),
          ]),
        )
        .orderBy('madeUntil')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .executeTakeFirst();
      if (!plan) return false;
      await this.make(transaction, plan, now);
      return true;
    });
  }

  private async make(transaction: Transaction, plan: PlanRow, now: number): Promise<void> {
    const { db } = transaction;
    const until = now + aheadMs;
    const ranAhead = +plan.madeUntil > until + againMs;
    if (ranAhead) await this.forget(transaction, plan, until);
    const known = ranAhead ? Math.min(+plan.updatedAt, now) : +plan.madeUntil;
    const from = Math.max(known, now - backMs);
    const starts = occurrences(plan.recurrence, from, until, mostAtOnce);
    if (starts.length) {
      const points = await this.pointsOf(transaction, plan.id);
      for (const start of starts) await this.makeRound(transaction, plan, points, start, now);
    }
    const madeUntil = new Date(starts.length < mostAtOnce ? until : starts.at(-1)!);
    await db.updateTable('roundPlans').set({ madeUntil }).where('id', '=', plan.id).execute();
  }

  /** Rounds of a time that is far away after all, in which nobody did anything. */
  private async forget({ db }: Transaction, plan: PlanRow, until: number): Promise<void> {
    await db
      .deleteFrom('rounds')
      .where('planId', '=', plan.id)
      .where('startsAt', '>', new Date(until))
      .where('startedAt', 'is', null)
      .execute();
  }

  private async makeRound(
    transaction: Transaction,
    plan: PlanRow,
    points: readonly RoundPoint[],
    start: number,
    now: number,
  ): Promise<void> {
    const [startsAt, dueAt] = [new Date(start), new Date(start + plan.windowMinutes * 60_000)];
    const isOver = +dueAt <= now;
    const round = { areaId: plan.areaId, startsAt, dueAt };
    const assigneeId = isOver ? null : ((await this.hands.choose(transaction.db, plan.assignee, round)) ?? null);
    const made = await transaction.db
      .insertInto('rounds')
      .values({
        id: this.ids.next(),
        planId: plan.id,
        ...round,
        state: isOver ? 'missed' : 'planned',
        title: json(plan.title),
        category: plan.category,
        points: json(points),
        assigneeId,
        holderIds: assigneeId ? [assigneeId] : [],
        endedAt: isOver ? dueAt : null,
        required: points.reduce((sum, { checklist }) => sum + checklist.filter((item) => item.required).length, 0),
        createdAt: new Date(now),
        updatedAt: new Date(now),
      })
      .onConflict((conflict) => conflict.columns(['planId', 'startsAt']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) return;
    await this.ledger.tell(transaction, made, { action: 'plan', toId: assigneeId });
    if (isOver) await this.ledger.tell(transaction, made, { action: 'miss', at: dueAt });
  }

  private async pointsOf({ db }: Transaction, planId: string): Promise<RoundPoint[]> {
    const rows = await db
      .selectFrom('checkPoints')
      .select(['id', 'key', 'definition'])
      .where('planId', '=', planId)
      .where('removedAt', 'is', null)
      .orderBy('place')
      .execute();
    return rows.map(({ id, key, definition }) => ({ id, key, ...definition }));
  }
}
