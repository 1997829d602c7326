import { Inject, Injectable } from '@nestjs/common';
import type { RoundAction } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Database, Row, Transaction } from '@sc/platform/database';
import type { Updateable } from 'kysely';
import { progressOf } from './progress.js';

export type RoundRow = Row<'rounds'>;

interface Step {
  action: RoundAction;
  actorId?: string | null;
  at?: Date;
  toId?: string | null;
  note?: string;
  set?: Updateable<Database['rounds']>;
}

/** The one way to change a round: the row, its step (who, when) and its event together. */
@Injectable()
export class RoundLedger {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async record(transaction: Transaction, round: RoundRow, step: Step): Promise<RoundRow> {
    const now = new Date(this.clock.now());
    const changed = await transaction.db
      .updateTable('rounds')
      .set({ ...step.set, updatedAt: now })
      .where('id', '=', round.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.tell(transaction, changed, step);
    return changed;
  }

  /** The step and the event of a row that is already written. */
  async tell({ db, emit }: Transaction, round: RoundRow, { action, actorId, at, toId, note }: Step): Promise<void> {
    await db
      .insertInto('roundSteps')
      .values({
        id: this.ids.next(),
        roundId: round.id,
        action,
        at: at ?? new Date(this.clock.now()),
        actorId: actorId ?? null,
        toId: toId ?? null,
        note: note ?? null,
      })
      .execute();
    const { id: roundId, planId, state, areaId, assigneeId } = round;
    emit({
      type: 'round.changed.v1',
      payload: { roundId, planId, action, state, areaId, assigneeId },
      areaId,
      subjectId: roundId,
    });
  }

  /**
   * Brings a locked round to what its answers and scans say. State, times and figures are a function of what was given, so
   * that it does not matter in which order it arrived, nor whether the end was noticed in between.
   */
  async settle(transaction: Transaction, round: RoundRow): Promise<RoundRow> {
    const { db } = transaction;
    const answers = await db.selectFrom('roundAnswers').selectAll().where('roundId', '=', round.id).execute();
    const scans = await db.selectFrom('roundScans').selectAll().where('roundId', '=', round.id).execute();
    const progress = progressOf(round.points, answers, scans);
    const { answered, failed, skipped, withoutScan, started, completed } = progress;
    const figures = { answered, failed, skipped, withoutScan, startedAt: started?.at ?? null };
    if (completed) {
      const set = { ...figures, state: 'done' as const, endedAt: completed.at, endedBy: completed.personId };
      if (round.state === 'done') return this.keep(transaction, round, set);
      const begun = await this.begin(transaction, round, started);
      return this.record(transaction, begun, {
        action: 'complete',
        actorId: completed.personId,
        at: completed.at,
        set,
      });
    }
    const begun = await this.begin(transaction, round, started);
    return this.keep(transaction, begun, { ...figures, state: begun.state });
  }

  private async begin(transaction: Transaction, round: RoundRow, started: Started): Promise<RoundRow> {
    if (!started || round.startedAt) return round;
    const state = round.state === 'planned' ? ('started' as const) : round.state;
    const set = { startedAt: started.at, state };
    return this.record(transaction, round, { action: 'start', actorId: started.personId, at: started.at, set });
  }

  private keep({ db }: Transaction, { id }: RoundRow, set: Updateable<Database['rounds']>): Promise<RoundRow> {
    const updatedAt = new Date(this.clock.now());
    return db
      .updateTable('rounds')
      .set({ ...set, updatedAt })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }
}

type Started = { at: Date; personId: string } | null;
