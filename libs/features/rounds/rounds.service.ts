import { Inject, Injectable } from '@nestjs/common';
import {
  type AnswerRound,
  type ChecklistItem,
  type Person,
  type ProblemCode,
  type RoundAnswer,
  roundLimits,
  type ScanCheckPoint,
  type ScanResult,
  type Text,
} from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { isTransientDatabaseError, json, type NewRow, type Transaction, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { hashOfCode } from './codes.js';
import { FailedItems } from './failed-items.js';
import { refusals } from './refusals.js';
import { RoundLedger, type RoundRow } from './round-ledger.js';
import { verdictOf } from './verdict.js';

export type RoundResult<T> = { ok: true; value: T } | { ok: false; code: ProblemCode; reason: Text };
const refuse = (code: ProblemCode, reason: Text) => ({ ok: false, code, reason }) as const;

const minuteMs = 60_000;
/** A phone's clock may run ahead of ours by this. */
const skewMs = 5 * minuteMs;
const mostScans = 500;
const mostAnswers = 3_000;
const mostAttempts = 3;

/** What officers do on a round, also late and out of order: a bad network is the usual case. Refusals are answers, not exceptions. */
@Injectable()
export class RoundsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: RoundLedger,
    private readonly failedItems: FailedItems,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Answers of one check point. The same `requestId` again is the same request: it succeeds and changes nothing. */
  answer(person: Person, roundId: string, request: AnswerRound): Promise<RoundResult<{ roundId: string }>> {
    return this.patiently((transaction) => this.answerOnce(transaction, person, roundId, request));
  }

  /** The code of a place was read there: proof that this person was on the spot, for the round of theirs that is open. */
  scan(person: Person, request: ScanCheckPoint): Promise<RoundResult<ScanResult>> {
    return this.patiently((transaction) => this.scanOnce(transaction, person, request));
  }

  private async answerOnce(transaction: Transaction, person: Person, roundId: string, request: AnswerRound) {
    const { db } = transaction;
    const round = await db.selectFrom('rounds').selectAll().where('id', '=', roundId).forUpdate().executeTakeFirst();
    if (!round?.holderIds.includes(person.id)) return refuse('not-found', refusals.noRoundOfYours);
    const done = { ok: true, value: { roundId } } as const;
    const earlier = await db
      .selectFrom('roundAnswers')
      .select(['personId', 'checkPointId'])
      .where('roundId', '=', roundId)
      .where('requestId', '=', request.requestId)
      .executeTakeFirst();
    if (earlier?.personId === person.id && earlier.checkPointId === request.checkPointId) return done;
    if (earlier) return refuse('conflict', refusals.usedBefore);
    const late = this.notInTime(round, request.at);
    if (late) return refuse('not-in-time', late);
    const rows = this.rowsOf(person, round, request);
    if (!Array.isArray(rows)) return refuse('invalid-request', rows);
    const { given } = await db
      .selectFrom('roundAnswers')
      .select(({ fn }) => fn.countAll<number>().as('given'))
      .where('roundId', '=', roundId)
      .executeTakeFirstOrThrow();
    if (given + rows.length > mostAnswers) return refuse('beyond-limit', refusals.tooManyAnswers);

    const written = await db.insertInto('roundAnswers').values(rows).returningAll().execute();
    const settled = await this.ledger.settle(transaction, round);
    await this.failedItems.openFor(transaction, settled, written);
    return done;
  }

  private async scanOnce(
    transaction: Transaction,
    person: Person,
    request: ScanCheckPoint,
  ): Promise<RoundResult<ScanResult>> {
    const { db } = transaction;
    const point = await db
      .selectFrom('checkPoints')
      .select(['id', 'planId'])
      .where('codeHash', '=', hashOfCode(request.token))
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (!point) return refuse('code-not-valid', refusals.noSuchCode);
    const at = new Date(request.at);
    const round = await db
      .selectFrom('rounds')
      .selectAll()
      .where('planId', '=', point.planId)
      .where(sql<boolean>`${person.id}::uuid = any(holder_ids)`)
      .where('state', '<>', 'cancelled')
      .where('startsAt', '<=', new Date(+at + roundLimits.earlyMinutes * minuteMs))
      .where('dueAt', '>=', at)
      .orderBy('startsAt', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (!round?.points.some(({ id }) => id === point.id)) return refuse('not-in-time', refusals.noRoundHereNow);
    const late = this.notInTime(round, request.at);
    if (late) return refuse('not-in-time', late);
    const { scans } = await db
      .selectFrom('roundScans')
      .select(({ fn }) => fn.countAll<number>().as('scans'))
      .where('roundId', '=', round.id)
      .executeTakeFirstOrThrow();
    if (scans >= mostScans) return refuse('beyond-limit', refusals.tooManyScans);
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('roundScans')
      .values({
        id: this.ids.next(),
        roundId: round.id,
        checkPointId: point.id,
        at,
        receivedAt: new Date(this.clock.now()),
        personId: person.id,
        requestId: request.requestId,
      })
      .onConflict((conflict) => conflict.columns(['roundId', 'requestId']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) await this.ledger.settle(transaction, round);
    return { ok: true, value: { roundId: round.id, checkPointId: point.id } };
  }

  /** The time somebody gives counts, within the time of the round and for so long after it. */
  private notInTime({ startsAt, dueAt, state }: RoundRow, given: string): Text | undefined {
    const [at, now] = [Date.parse(given), this.clock.now()];
    if (state === 'cancelled') return refusals.cancelled;
    if (at > now + skewMs) return refusals.stillToCome;
    if (at < +startsAt - roundLimits.earlyMinutes * minuteMs) return refusals.notBegun;
    if (at > +dueAt) return refusals.over;
    if (now > +dueAt + roundLimits.lateHours * 60 * minuteMs) return refusals.tooLate;
    return undefined;
  }

  private rowsOf(person: Person, round: RoundRow, request: AnswerRound): NewRow<'roundAnswers'>[] | Text {
    const point = round.points.find(({ id }) => id === request.checkPointId);
    if (!point) return refusals.noPointInRound;
    const rows: NewRow<'roundAnswers'>[] = [];
    for (const answer of request.answers) {
      const item = point.checklist.find(({ key }) => key === answer.itemKey);
      const verdict = item && verdictOf(item, answer);
      if (!verdict) return refusals.unfitAnswer(answer.itemKey);
      if (rows.some(({ itemKey }) => itemKey === answer.itemKey)) return refusals.answeredTwice(answer.itemKey);
      rows.push({
        ...this.factsOf(person, round, request),
        ...valuesOf(answer),
        itemKey: (item satisfies ChecklistItem).key,
        ...verdict,
      });
    }
    return rows;
  }

  private factsOf(person: Person, { id: roundId }: RoundRow, { requestId, checkPointId, at }: AnswerRound) {
    const receivedAt = new Date(this.clock.now());
    return { id: this.ids.next(), roundId, checkPointId, requestId, at: new Date(at), receivedAt, personId: person.id };
  }

  private async patiently<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (attempt >= mostAttempts || !isTransientDatabaseError(error)) throw error;
      }
    }
  }
}

const valuesOf = (answer: RoundAnswer) =>
  'skipped' in answer
    ? { value: null, skipped: answer.skipped, note: null }
    : { value: json(answer.value), skipped: null, note: answer.note ?? null };
