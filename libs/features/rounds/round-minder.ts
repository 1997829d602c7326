import { Inject, Injectable } from '@nestjs/common';
import { roundLimits } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { RoundNotices } from '@sc/features/notifications';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { RoundHands } from './hands.js';
import { RoundLedger, type RoundRow } from './round-ledger.js';

const mostAtOnce = 50;
const share = 0.8;
/** Clocks of two processes may differ by this without one undoing what the other says. */
const skewMs = 120_000;

/** Looks after rounds while they are open: puts them in somebody's hands, reminds, and says when one was missed. */
@Injectable()
export class RoundMinder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: RoundLedger,
    private readonly hands: RoundHands,
    private readonly notices: RoundNotices,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is over and not done is missed. Of each plan the newest is told: after a day away that is one message, not twenty. */
  async missOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const over = await this.openRounds(transaction)
        .where('dueAt', '<=', new Date(this.clock.now()))
        .orderBy('dueAt')
        .orderBy('id')
        .limit(mostAtOnce)
        .execute();
      for (const round of over) {
        const set = { state: 'missed' as const, endedAt: round.dueAt };
        await this.ledger.record(transaction, round, { action: 'miss', at: round.dueAt, set });
      }
      for (const round of new Map(over.map((one) => [one.planId, one])).values())
        await this.tellMissed(transaction, round);
      return over.length === mostAtOnce;
    });
  }

  /** Missed by a clock that ran ahead, and still to be done: it is planned again. */
  async reopenOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const rows = await transaction.db
        .selectFrom('rounds')
        .selectAll()
        .where('state', '=', 'missed')
        .where('dueAt', '>', new Date(this.clock.now() + skewMs))
        .limit(mostAtOnce)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const round of rows) {
        const set = { state: round.startedAt ? ('started' as const) : ('planned' as const), endedAt: null };
        await this.ledger.record(transaction, round, { action: 'plan', set });
      }
      return rows.length === mostAtOnce;
    });
  }

  /** Shortly before the start, in the hands of somebody who is there; again when four fifths of the time are gone. */
  async remindOnce(): Promise<boolean> {
    return this.unitOfWork.run(async (transaction) => {
      const now = this.clock.now();
      const soon = new Date(now + roundLimits.earlyMinutes * 60_000);
      const rows = await this.openRounds(transaction)
        .where('dueAt', '>', new Date(now))
        .where(
          sql<boolean>`((reminded = 0 and starts_at <= ${soon}) or
            (reminded = 1 and starts_at + ${share}::float8 * (due_at - starts_at) <= ${new Date(now)}))`,
        )
        .orderBy('updatedAt')
        .orderBy('id')
        .limit(mostAtOnce)
        .execute();
      let told = 0;
      for (const round of rows) told += (await this.remind(transaction, round)) ? 1 : 0;
      // Those for whom nobody is on shift wait for the next look: asking at once again finds nobody either.
      return rows.length === mostAtOnce && told > 0;
    });
  }

  private async remind(transaction: Transaction, round: RoundRow): Promise<boolean> {
    if (round.reminded > 0) {
      await this.touch(transaction, round, round.reminded + 1);
      return this.tell(transaction, round, 'round-due');
    }
    const held = await this.inHands(transaction, round);
    await this.touch(transaction, held, held.assigneeId ? 1 : 0);
    return this.tell(transaction, held, 'round-assigned');
  }

  /** The plan of shifts may have changed since the round was made. */
  private async inHands(transaction: Transaction, round: RoundRow): Promise<RoundRow> {
    const { db } = transaction;
    const plan = db.selectFrom('roundPlans').select('assignee').where('id', '=', round.planId);
    const { assignee } = await plan.executeTakeFirstOrThrow();
    const by = await db
      .selectFrom('roundSteps')
      .select('id')
      .where('roundId', '=', round.id)
      .where('action', '=', 'assign')
      .where('actorId', 'is not', null)
      .executeTakeFirst();
    // What a person decided stays; so does what somebody has begun.
    if (round.assigneeId && (by || round.startedAt)) return round;
    if (round.assigneeId && (await this.hands.isStillThere(db, assignee, round, round.assigneeId))) return round;
    const personId = await this.hands.choose(db, assignee, round);
    if (!personId || personId === round.assigneeId) return round;
    const set = { assigneeId: personId, holderIds: [...new Set([...round.holderIds, personId])] };
    return this.ledger.record(transaction, round, { action: 'assign', toId: personId, set });
  }

  private async tell(
    transaction: Transaction,
    round: RoundRow,
    kind: 'round-assigned' | 'round-due',
  ): Promise<boolean> {
    if (!round.assigneeId) return false;
    await this.notices.tell(transaction, {
      kind,
      personIds: [round.assigneeId],
      roundId: round.id,
      title: round.title,
    });
    return true;
  }

  private async tellMissed(transaction: Transaction, round: RoundRow): Promise<void> {
    const operators = await this.directory.operatorsOf(round.areaId, transaction.db);
    const told = operators.length ? operators : await this.directory.managersOf(round.areaId, transaction.db);
    const personIds = told.map(({ personId }) => personId);
    await this.notices.tell(transaction, { kind: 'round-missed', personIds, roundId: round.id, title: round.title });
  }

  private async touch({ db }: Transaction, { id }: RoundRow, reminded: number): Promise<void> {
    await db
      .updateTable('rounds')
      .set({ reminded, updatedAt: new Date(this.clock.now()) })
      .where('id', '=', id)
      .execute();
  }

  private openRounds({ db }: Transaction) {
    return db.selectFrom('rounds').selectAll().where('state', 'in', ['planned', 'started']).forUpdate().skipLocked();
  }
}
