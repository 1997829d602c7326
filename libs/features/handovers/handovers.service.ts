import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, HandoverAction, HandoverState, MoveHandover, OpenHandover, Person } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { sql } from 'kysely';
import { ownDuty } from './desk-duty.js';
import { gather } from './gather.js';
import { actorOf } from './handover-rows.js';
import { decide } from './machine.js';
import { refusals } from './refusals.js';
import { shiftOf } from './shift-of.js';

const did: Record<HandoverAction, AuditAction> = {
  'hand-over': 'handover.handed-over',
  recall: 'handover.recalled',
  return: 'handover.returned',
  accept: 'handover.accepted',
  discard: 'handover.discarded',
};

/** Opens hand-overs and moves them on; each step is kept, audited and told. @throws ProblemError */
@Injectable()
export class HandoversService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Begins to write one for the shift that the person is on, or joins the one that is being written: of a shift and a team
   * there is one at a time. @returns its id. @throws ProblemError `not-found`: no such team of theirs
   */
  async open(person: Person, { teamId }: OpenHandover): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const areaId = teamId ? await teamArea(transaction, person, teamId) : person.areaId;
      // Two who open at once are answered one after the other, and get the same one.
      await sql`select from areas where id = ${areaId} for no key update`.execute(db);
      const now = this.clock.now();
      const ofDesk = db
        .selectFrom('handovers')
        .select(['id', 'shiftStartsAt', 'planned', 'handedOverAt'])
        .where('areaId', '=', areaId)
        .where('teamId', 'is not distinct from', teamId ?? null);
      const last = await ofDesk
        .where('state', 'in', ['handed-over', 'accepted'])
        .orderBy('handedOverAt', 'desc')
        .limit(1)
        .executeTakeFirst();
      const shift = shiftOf(await ownDuty(db, person, now), last?.handedOverAt?.getTime(), now);
      const open = await ofDesk.where('state', 'in', ['draft', 'returned', 'handed-over']).execute();
      // Without a plan nobody knows when a shift began: what is being written is that of this one.
      const there = open.find(({ planned, shiftStartsAt }) =>
        shift.planned ? shiftStartsAt.getTime() === shift.from : !planned,
      );
      if (there) return there.id;
      const id = this.ids.next();
      const times = { shiftStartsAt: new Date(shift.from), shiftEndsAt: new Date(shift.to), planned: shift.planned };
      const row = await db
        .insertInto('handovers')
        .values({
          id,
          areaId,
          teamId: teamId ?? null,
          ...times,
          state: 'draft',
          openedBy: person.id,
          openedAt: new Date(now),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      audit(transaction, person, row, 'handover.opened', { areaId, teamId: teamId ?? null, ...times });
      tellHandover(transaction, row);
      return id;
    });
  }

  /** @throws ProblemError `not-found`, `forbidden`, `conflict`, `action-not-allowed`, `note-required`, `not-assignable`, `invalid-request` */
  async move(person: Person, id: string, action: HandoverAction, asked: MoveHandover): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const row = await lockHandover(transaction, person, id);
      const decision = decide(row, actorOf(person), { action, ...asked });
      if (!decision.ok) throw new ProblemError(decision.code, decision.reason);
      const now = this.clock.now();
      const { next } = decision;
      if (action === 'hand-over') await this.assertReceiver(transaction, row.areaId, next.receiverId!);
      const changed = await db
        .updateTable('handovers')
        .set({ ...next, ...(await this.timesOf(transaction, row, next.state, now)) })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const toId = action === 'hand-over' ? next.receiverId : null;
      const step = { id: this.ids.next(), handoverId: id, action, at: new Date(now), byId: person.id, toId };
      await db
        .insertInto('handoverSteps')
        .values({ ...step, words: asked.words ?? null })
        .execute();
      audit(transaction, person, changed, did[action], {
        version: next.version,
        ...(toId ? { receiverId: toId } : {}),
      });
      tellHandover(transaction, changed);
    });
  }

  /** What was handed over is kept as it was then; what is written on is gathered anew. */
  private async timesOf({ db }: Transaction, row: Row<'handovers'>, state: HandoverState, now: number) {
    if (state === 'accepted' || state === 'discarded') return { endedAt: new Date(now) };
    if (state !== 'handed-over') return { snapshot: null, handedOverAt: null };
    // Without a plan the shift ends when it is handed over.
    const shiftEndsAt = row.planned ? row.shiftEndsAt : new Date(Math.max(now, row.shiftStartsAt.getTime() + 1));
    const snapshot = await gather(db, { areaId: row.areaId, from: row.shiftStartsAt, to: shiftEndsAt, now });
    return { handedOverAt: new Date(now), shiftEndsAt, snapshot: json(snapshot) };
  }

  /** @throws ProblemError `not-assignable`: who may not see all of what is handed over */
  private async assertReceiver({ db }: Transaction, areaId: string, receiverId: string): Promise<void> {
    const receiver = await db
      .selectFrom('people')
      .select(['areaId', 'role', 'active'])
      .where('id', '=', receiverId)
      .executeTakeFirst();
    const able = receiver?.active && receiver.role !== 'officer';
    if (!able || !(await this.directory.isInScope(receiver.areaId, areaId, db)))
      throw new ProblemError('not-assignable', refusals.seesTooLittle, [
        { path: 'receiverId', message: refusals.notOfDesk },
      ]);
  }
}

/** Locked: changes of one hand-over follow each other. @throws ProblemError `not-found`, also outside the person's area */
export async function lockHandover({ db }: Transaction, person: Person, id: string): Promise<Row<'handovers'>> {
  const row = await db
    .selectFrom('handovers')
    .innerJoin('areas', 'areas.id', 'handovers.areaId')
    .selectAll('handovers')
    .where('handovers.id', '=', id)
    .where(areaScope(person.areaId))
    .forUpdate('handovers')
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found', refusals.noHandover);
  return row;
}

export const tellHandover = ({ emit }: Transaction, row: Row<'handovers'>): void =>
  emit({
    type: 'handover.changed.v1',
    payload: { handoverId: row.id, state: row.state, version: row.version, areaId: row.areaId },
    areaId: row.areaId,
    subjectId: row.id,
  });

/** Never with the words: they are in the hand-over itself, and may name people. */
export const audit = (
  { audit: write }: Transaction,
  person: Person,
  { id }: Pick<Row<'handovers'>, 'id'>,
  action: AuditAction,
  change: Record<string, unknown>,
): void => write({ actor: { kind: 'person', id: person.id }, action, subjectType: 'handover', subjectId: id, change });

async function teamArea({ db }: Transaction, person: Person, teamId: string): Promise<string> {
  const team = await db
    .selectFrom('teams')
    .innerJoin('areas', 'areas.id', 'teams.areaId')
    .innerJoin('teamMembers', 'teamMembers.teamId', 'teams.id')
    .select('teams.areaId')
    .where('teams.id', '=', teamId)
    .where('teams.active', '=', true)
    .where('teamMembers.personId', '=', person.id)
    .where(areaScope(person.areaId))
    .executeTakeFirst();
  if (!team)
    throw new ProblemError('not-found', refusals.noTeamOfTheirs, [{ path: 'teamId', message: refusals.noneOfTheirs }]);
  return team.areaId;
}
