import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, AlarmJudgement, AlarmMoveResult, Condition, Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { sql } from 'kysely';
import { toMoving } from './alarm-rows.js';
import { shelvableMinutes } from './shelvable.js';
import { mayBeForgotten, reviewOf } from './acknowledgement-limits.js';
import { Bench } from './bench.js';
import { type ToldStep, writeDown } from './ledger.js';
import { lockDevices, standingOf } from './look-up.js';
import { moveByPerson, type PersonsMove, type Refusal } from './persons-moves.js';
import { refusals } from './refusals.js';

/** What the audit trail calls a move. */
const auditNames: Record<PersonsMove['action'], AuditAction> = {
  acknowledge: 'alarm.acknowledged',
  resolve: 'alarm.resolved',
  comment: 'alarm.commented',
  assign: 'alarm.assigned',
  shelve: 'alarm.shelved',
  unshelve: 'alarm.unshelved',
  judge: 'alarm.judged',
};

/** What persons do to alarms. Every method but `resolve` looks only within the person's area. */
@Injectable()
export class AlarmsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * The person has seen it. Doing it twice, or after it went back to normal, changes nothing.
   * @throws ProblemError `not-found` when there is no such alarm within the person's area, `action-not-allowed` while it is silenced
   */
  acknowledge(person: Person, alarmId: string, note?: string): Promise<void> {
    return this.one(person, alarmId, { action: 'acknowledge' }, note);
  }

  /** Many at once, in one commit: what cannot be acknowledged keeps none of the others from it. One result for each id, in order. */
  async acknowledgeAll(person: Person, alarmIds: readonly string[], note?: string): Promise<AlarmMoveResult[]> {
    const ids = [...new Set(alarmIds)];
    const refused = await this.unitOfWork.run(async (tx) => {
      const seen = await this.inScope(tx, person, ids);
      const actor: Actor = { kind: 'person', id: person.id };
      const outcome = await this.move(tx, seen, { action: 'acknowledge' }, actor, note);
      return new Map(seen.map((id) => [id, outcome.get(id)]));
    });
    return ids.map((id) => {
      if (!refused.has(id)) return { id, result: 'not-found' };
      const why = refused.get(id);
      return { id, result: why === 'beyond-limit' ? 'not-possible' : (why ?? 'done') };
    });
  }

  /** A line in its story, also when it is over. @throws ProblemError `not-found` */
  comment(person: Person, alarmId: string, note: string): Promise<void> {
    return this.one(person, alarmId, { action: 'comment' }, note);
  }

  /**
   * Somebody takes care of it; `null`: nobody any more.
   * @throws ProblemError `not-found`; `invalid-request` when that person has no rights at its place; `action-not-allowed` when it is over
   */
  assign(person: Person, alarmId: string, assigneeId: string | null): Promise<void> {
    return this.one(person, alarmId, { action: 'assign', assigneeId });
  }

  /**
   * Silences it until a time. Asks for no work order meanwhile; at the end the present condition decides.
   * @throws ProblemError `not-found`; `beyond-limit` naming how long is allowed; `action-not-allowed` when it is silenced already
   */
  shelve(person: Person, alarmId: string, minutes: number, reason: string): Promise<void> {
    const until = this.clock.now() + minutes * 60_000;
    return this.one(person, alarmId, { action: 'shelve', until, reason }, reason);
  }

  /** Ends a shelf before its time. @throws ProblemError `not-found`, `action-not-allowed` when nobody shelved it */
  unshelve(person: Person, alarmId: string, note?: string): Promise<void> {
    return this.one(person, alarmId, { action: 'unshelve' }, note);
  }

  /** Says what it was, also afterwards; can be changed and taken back. @throws ProblemError `not-found` */
  judge(person: Person, alarmId: string, judgement: AlarmJudgement | null, note?: string): Promise<void> {
    return this.one(person, alarmId, { action: 'judge', judgement }, note);
  }

  /**
   * A condition that no device can end (an emergency call, a fault) is over because a person says so; an alarm whose
   * condition a device ends by itself is left alone. Part of the caller's transaction, for example that of the closed
   * order. Doing it twice changes nothing.
   */
  async resolve(tx: Transaction, alarmIds: readonly string[], actor: Actor, note?: string): Promise<void> {
    if (alarmIds.length === 0) return;
    const rows = await tx.db
      .selectFrom('alarms')
      .innerJoin('rules', 'rules.id', 'alarms.ruleId')
      .select(['alarms.id', 'rules.definition'])
      .where('alarms.id', 'in', [...alarmIds])
      .where('alarms.state', '<>', 'normal')
      .execute();
    const ids = rows.filter(({ definition }) => endsByPerson(definition.condition)).map(({ id }) => id);
    await this.move(tx, ids, { action: 'resolve' }, actor, note);
  }

  private async one(person: Person, alarmId: string, move: PersonsMove, note?: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [seen] = await this.inScope(tx, person, [alarmId]);
      if (!seen) throw new ProblemError('not-found', commonRefusals.noAlarmOfYours);
      if (move.action === 'assign' && move.assigneeId) await this.assertMayCare(tx, alarmId, move.assigneeId);
      const outcome = await this.move(tx, [alarmId], move, { kind: 'person', id: person.id }, note);
      const refused = outcome.get(alarmId);
      if (refused === 'not-possible') throw new ProblemError('action-not-allowed', refusals.cannotBeMoved(move.action));
      if (refused === 'beyond-limit') throw beyondLimit(await this.shelvableMinutes(tx, alarmId));
    });
  }

  private async shelvableMinutes({ db }: Transaction, alarmId: string): Promise<number> {
    const row = await db.selectFrom('alarms').selectAll().where('id', '=', alarmId).executeTakeFirstOrThrow();
    return shelvableMinutes(row);
  }

  private async inScope({ db }: Transaction, person: Person, ids: readonly string[]): Promise<string[]> {
    const rows = await db
      .selectFrom('alarms')
      .innerJoin('areas', 'areas.id', 'alarms.areaId')
      .select('alarms.id')
      .where(sql<boolean>`alarms.id = any(${ids}::uuid[])`)
      .where(areaScope(person.areaId))
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Somebody who may log in and whose area holds the alarm's. */
  private async assertMayCare({ db }: Transaction, alarmId: string, personId: string): Promise<void> {
    const found = await db
      .selectFrom('people')
      .select('id')
      .where('id', '=', personId)
      .where('active', '=', true)
      .where(
        sql<boolean>`exists (
          select from alarms a join areas on areas.id = a.area_id where a.id = ${alarmId} and areas.path @> array[people.area_id])`,
      )
      .executeTakeFirst();
    if (!found)
      throw new ProblemError('invalid-request', refusals.noRightsThere, [
        { path: 'personId', message: refusals.chooseWithRights },
      ]);
  }

  /** @returns for each alarm why nothing was done, `undefined` where it was */
  private async move(
    tx: Transaction,
    alarmIds: readonly string[],
    move: PersonsMove,
    actor: Actor,
    note?: string,
  ): Promise<Map<string, Refusal | undefined>> {
    const outcomes = new Map<string, Refusal | undefined>();
    if (alarmIds.length === 0) return outcomes;
    const asked = sql<boolean>`id = any(${alarmIds}::uuid[])`;
    const devices = await tx.db.selectFrom('alarms').select('deviceId').distinct().where(asked).execute();
    const deviceIds = devices.map(({ deviceId }) => deviceId);
    await lockDevices(tx.db, deviceIds);
    const rows = await tx.db.selectFrom('alarms').selectAll().where(asked).orderBy('id').execute();
    const now = this.clock.now();
    const standing = await standingOf(tx.db, deviceIds, rows, now);
    const newest = new Set(standing.alarms.map(({ alarm }) => alarm.id));
    const known = rows.map((row) => ({ ...row, alarm: toMoving(row), facts: row }));
    const bench = new Bench({ ...standing, alarms: [...standing.alarms, ...known] });

    const told: ToldStep[] = [];
    for (const row of rows) {
      // Of a condition only the newest alarm can still move; one that is over stays what it was.
      const past = move.action === 'shelve' && !newest.has(row.id);
      const outcome = past ? { refused: 'not-possible' as const } : moveByPerson(toMoving(row), move, actor, now);
      outcomes.set(row.id, 'refused' in outcome ? outcome.refused : undefined);
      if ('refused' in outcome) continue;
      bench.change(outcome.after);
      told.push({ step: outcome.step, facts: row, actor, note });
      if (move.action === 'acknowledge' && mayBeForgotten(outcome.after)) tx.schedule(reviewOf(outcome.after, now));
      if (move.action === 'shelve')
        tx.schedule({
          name: 'end-shelf',
          subject: `${row.id}:${move.until}`,
          payload: { alarmId: row.id },
          dueAt: move.until,
        });
      const { id: subjectId } = row;
      const { fromState: from, toState: to, cause } = outcome.step;
      tx.audit({
        actor,
        action: auditNames[move.action],
        subjectType: 'alarm',
        subjectId,
        change: { from, to, ...cause },
      });
    }
    const steps = bench.settle(now, told);
    await writeDown(tx, { clock: this.clock, ids: this.ids }, { updated: bench.updated, created: [], steps });
    return outcomes;
  }
}

const beyondLimit = (minutes: number): ProblemError =>
  new ProblemError('beyond-limit', refusals.shelvedLongEnough(minutes), [
    { path: 'minutes', message: refusals.mostMinutes(minutes) },
  ]);

/** A condition that no event and no quiet of its device ends. */
const endsByPerson = (condition: Condition): boolean =>
  condition.kind === 'event' && condition.clearOn.length === 0 && condition.quietMs === undefined;
