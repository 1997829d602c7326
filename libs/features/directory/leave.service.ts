import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, CreateLeave, CreateOverride, Person, Text, UncoveredTime } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';
import { readPlan } from './duty/read-plan.js';
import { dutySpans, type Span, without } from './duty/spans.js';
import { refusals } from './refusals.js';
import { assertArea, assertMayBeOnShift, lockPeople } from './within-scope.js';

/** Told at most: a year of leave has more, and a plan is made week by week. */
const mostUncovered = 100;
const timesOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});

const unfitSubstitute = (reason: Text) =>
  new ProblemError('invalid-request', reason, [{ path: 'substituteId', message: reason }]);

/** Who is away, and who stands in for whom; each change in the audit trail. */
@Injectable()
export class LeaveService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Takes somebody off duty for a time. @returns when nobody is left where they were planned
   * @throws ProblemError `not-found` (person out of sight), `shift-overlaps` (already away)
   */
  async addLeave(
    actor: Person,
    { personId, kind, ...time }: CreateLeave,
  ): Promise<{ id: string; uncovered: UncoveredTime[] }> {
    return this.unitOfWork.run(async (transaction) => {
      const { db, audit } = transaction;
      await lockPeople(transaction, actor, [personId], 'personId');
      const { startsAt, endsAt } = timesOf(time);
      const there = await db
        .selectFrom('leave')
        .select('id')
        .where('personId', '=', personId)
        .where('startsAt', '<', endsAt)
        .where('endsAt', '>', startsAt)
        .executeTakeFirst();
      if (there) throw new ProblemError('shift-overlaps', refusals.awayAlready);
      const id = this.ids.next();
      const span = { from: startsAt.getTime(), to: endsAt.getTime() };
      const before = await readPlan(db, actor.areaId, span);
      await db
        .insertInto('leave')
        .values({ id, personId, kind, startsAt, endsAt, createdBy: actor.id, createdAt: new Date(this.clock.now()) })
        .execute();
      // why somebody is away is not for ever, as the trail is
      audit({
        actor: { kind: 'person', id: actor.id },
        action: 'leave.added',
        subjectType: 'person',
        subjectId: personId,
        change: { leaveId: id, startsAt, endsAt },
      });
      return { id, uncovered: uncoveredBy(personId, span, before) };
    });
  }

  /** @throws ProblemError `not-found` */
  async removeLeave(actor: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async ({ db, audit }) => {
      const row = await db
        .selectFrom('leave')
        .innerJoin('people', 'people.id', 'leave.personId')
        .innerJoin('areas', 'areas.id', 'people.areaId')
        .select(['leave.personId'])
        .where('leave.id', '=', id)
        .where(areaScope(actor.areaId))
        .forUpdate('leave')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noLeave);
      await db.deleteFrom('leave').where('id', '=', id).execute();
      const subject = { subjectType: 'person', subjectId: row.personId } as const;
      audit({ actor: { kind: 'person', id: actor.id }, action: 'leave.removed', ...subject, change: { leaveId: id } });
    });
  }

  /**
   * Somebody stands in for somebody else, for a shift or a part of it. Whose shift it is does not change.
   * @throws ProblemError `not-found`, `invalid-request` (not on shift by role, of another role, oneself), `shift-overlaps` (somebody else stands in already)
   */
  async addOverride(actor: Person, { areaId, personId, substituteId, ...time }: CreateOverride): Promise<string> {
    if (personId === substituteId) throw unfitSubstitute(refusals.forThemselves);
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      await assertArea(transaction, actor, areaId);
      const people = await lockPeople(transaction, actor, [personId, substituteId].toSorted(), 'substituteId');
      assertMayBeOnShift(people, [substituteId], 'substituteId');
      // An operator in an officer's place would look like cover and be none.
      if (people.get(substituteId)?.role !== people.get(personId)?.role) throw unfitSubstitute(refusals.otherWork);
      const { startsAt, endsAt } = timesOf(time);
      await assertNobodyYet(transaction, { areaId, personId, startsAt, endsAt });
      const id = this.ids.next();
      const row = { id, areaId, personId, substituteId, startsAt, endsAt };
      const createdAt = new Date(this.clock.now());
      await db
        .insertInto('shiftOverrides')
        .values({ ...row, createdBy: actor.id, createdAt })
        .execute();
      tell(transaction, actor, 'override.added', row);
      return id;
    });
  }

  /** @throws ProblemError `not-found` */
  async removeOverride(actor: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const row = await transaction.db
        .selectFrom('shiftOverrides')
        .innerJoin('areas', 'areas.id', 'shiftOverrides.areaId')
        .selectAll('shiftOverrides')
        .where('shiftOverrides.id', '=', id)
        .where(areaScope(actor.areaId))
        .forUpdate('shiftOverrides')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noStandIn);
      await transaction.db.deleteFrom('shiftOverrides').where('id', '=', id).execute();
      tell(transaction, actor, 'override.removed', row);
    });
  }
}

/** What the person covered alone: where nobody else of the same duty area is left. */
function uncoveredBy(personId: string, leave: Span, before: Parameters<typeof dutySpans>[0]): UncoveredTime[] {
  const own = dutySpans(before).filter((span) => span.personId === personId);
  const after = dutySpans({ ...before, leave: [...before.leave, { personId, ...leave }] });
  return own
    .flatMap(({ areaId, from, to }) => {
      const time = { from: Math.max(from, leave.from), to: Math.min(to, leave.to) };
      const others = after.filter((span) => span.areaId === areaId);
      return without([time], others).map((gap) => ({
        areaId,
        startsAt: new Date(gap.from).toISOString(),
        endsAt: new Date(gap.to).toISOString(),
      }));
    })
    .slice(0, mostUncovered);
}

async function assertNobodyYet(
  { db }: Transaction,
  { areaId, personId, startsAt, endsAt }: { areaId: string; personId: string; startsAt: Date; endsAt: Date },
): Promise<void> {
  const there = await db
    .selectFrom('shiftOverrides')
    .select('id')
    .where('personId', '=', personId)
    .where('areaId', '=', areaId)
    .where('startsAt', '<', endsAt)
    .where('endsAt', '>', startsAt)
    .executeTakeFirst();
  if (there) throw new ProblemError('shift-overlaps', refusals.standInThere);
}

const tell = (
  { audit }: Transaction,
  actor: Person,
  action: AuditAction,
  {
    id,
    areaId,
    personId,
    substituteId,
    startsAt,
    endsAt,
  }: { id: string; areaId: string; personId: string; substituteId: string; startsAt: Date; endsAt: Date },
) =>
  audit({
    actor: { kind: 'person', id: actor.id },
    action,
    subjectType: 'override',
    subjectId: id,
    change: { areaId, personId, substituteId, startsAt, endsAt },
  });
