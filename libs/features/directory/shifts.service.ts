import { Inject, Injectable } from '@nestjs/common';
import type { CreateShifts, Person, Shift } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';

const missing = (path: string, message: string) => new ProblemError('not-found', message, [{ path, message }]);

/** Who is on duty where, and when; changed within the area of whoever changes it, each change in the audit trail. */
@Injectable()
export class ShiftsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Adds all of them or none.
   * @throws ProblemError `not-found` (person or area out of sight), `invalid-request` (no active officer),
   * `shift-overlaps` (this person has a shift in this area at that time)
   */
  async add(actor: Person, { personId, areaId, times }: CreateShifts): Promise<Shift[]> {
    return this.unitOfWork.run(async (transaction) => {
      const { db, audit } = transaction;
      await assertArea(transaction, actor, areaId);
      // Locked, so that two plans for the same person made at once see each other.
      const officer = await lockOfficer(transaction, actor, personId);
      const rows = times.map(({ startsAt, endsAt }) => ({
        id: this.ids.next(),
        personId,
        areaId,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
      }));
      await assertFree(transaction, rows);
      await db.insertInto('shifts').values(rows).execute();
      for (const row of rows)
        audit({
          actor: { kind: 'person', id: actor.id },
          action: 'shift.added',
          subjectType: 'shift',
          subjectId: row.id,
          change: factsOf(row),
        });
      return rows.map((row) => toShift({ ...row, personName: officer.name }));
    });
  }

  /** @throws ProblemError `not-found` when it does not exist or lies outside the person's area */
  async remove(actor: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async ({ db, audit }) => {
      const row = await db
        .selectFrom('shifts')
        .innerJoin('areas', 'areas.id', 'shifts.areaId')
        .selectAll('shifts')
        .where('shifts.id', '=', id)
        .where(areaScope(actor.areaId))
        .forUpdate('shifts')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', 'no such shift');
      await db.deleteFrom('shifts').where('id', '=', id).execute();
      audit({
        actor: { kind: 'person', id: actor.id },
        action: 'shift.removed',
        subjectType: 'shift',
        subjectId: id,
        change: factsOf(row),
      });
    });
  }
}

type ShiftTime = Omit<Row<'shifts'>, 'rotationId' | 'slot'>;

export const toShift = (row: ShiftTime & { personName: string }): Shift => ({
  ...row,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
});

const factsOf = ({ personId, areaId, startsAt, endsAt }: ShiftTime) => ({
  personId,
  areaId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

async function assertArea({ db }: Transaction, actor: Person, areaId: string): Promise<void> {
  const area = await db
    .selectFrom('areas')
    .select('id')
    .where('id', '=', areaId)
    .where(areaScope(actor.areaId))
    .executeTakeFirst();
  if (!area) throw missing('areaId', 'no such area');
}

async function lockOfficer({ db }: Transaction, actor: Person, id: string): Promise<{ name: string }> {
  const person = await db
    .selectFrom('people')
    .innerJoin('areas', 'areas.id', 'people.areaId')
    .select(['people.name', 'role', 'active'])
    .where('people.id', '=', id)
    .where(areaScope(actor.areaId))
    .forUpdate('people')
    .executeTakeFirst();
  if (!person) throw missing('personId', 'no such person');
  if (person.role === 'officer' && person.active) return person;
  // Orders go to officers: somebody else on shift would look like cover and be none.
  const message = 'is no officer who may log in';
  throw new ProblemError('invalid-request', message, [{ path: 'personId', message }]);
}

async function assertFree({ db }: Transaction, rows: ShiftTime[]): Promise<void> {
  const inOrder = rows.toSorted((a, b) => +a.startsAt - +b.startsAt);
  const [first] = inOrder;
  if (!first) return;
  const end = Math.max(...rows.map(({ endsAt }) => +endsAt));
  const there = await db
    .selectFrom('shifts')
    .select(['startsAt', 'endsAt'])
    .where('personId', '=', first.personId)
    .where('areaId', '=', first.areaId)
    .where('startsAt', '<', new Date(end))
    .where('endsAt', '>', first.startsAt)
    .execute();
  for (const [index, row] of inOrder.entries()) {
    const clash = [...there, ...inOrder.slice(0, index)].find(
      ({ startsAt, endsAt }) => startsAt < row.endsAt && endsAt > row.startsAt,
    );
    if (!clash) continue;
    const message = `overlaps ${clash.startsAt.toISOString()} to ${clash.endsAt.toISOString()}`;
    throw new ProblemError('shift-overlaps', 'this person is on shift in this area at that time', [
      { path: `times.${rows.indexOf(row)}`, message },
    ]);
  }
}
