import { Inject, Injectable } from '@nestjs/common';
import {
  type AuditAction,
  type CreateShifts,
  isShiftTime,
  type Person,
  type Shift,
  type UpdateShift,
} from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';
import { refusals } from './refusals.js';
import { wallText } from './rotations/zoned-time.js';
import { assertArea, assertMayBeOnShift, lockPeople } from './within-scope.js';

/** Who is on duty where, and when; changed within the area of whoever changes it, each change in the audit trail. */
@Injectable()
export class ShiftsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
  ) {}

  /**
   * Adds all of them or none.
   * @throws ProblemError `not-found` (person or area out of sight), `invalid-request` (no active officer or operator),
   * `shift-overlaps` (this person has a shift in this area at that time)
   */
  async add(actor: Person, { personId, areaId, times }: CreateShifts): Promise<Shift[]> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      await assertArea(transaction, actor, areaId);
      // Locked, so that two plans for the same person made at once see each other.
      const name = await lockPlanned(transaction, actor, personId);
      const rows = times.map(({ startsAt, endsAt }) => ({
        id: this.ids.next(),
        personId,
        areaId,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
      }));
      await assertFree(transaction, rows, this.settings.TIME_ZONE);
      await db.insertInto('shifts').values(rows).execute();
      for (const row of rows) tellShift(transaction, actor, 'shift.added', row);
      return rows.map((row) => toShift({ ...row, rotationId: null, personName: name }));
    });
  }

  /** @throws ProblemError like `add`, for the shift as it would be */
  async update(actor: Person, id: string, change: UpdateShift): Promise<Shift> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const before = await lockShift(transaction, actor, id);
      const times = { startsAt: before.startsAt.toISOString(), endsAt: before.endsAt.toISOString() };
      const { personId, startsAt, endsAt } = { personId: before.personId, ...times, ...change };
      if (!isShiftTime({ startsAt, endsAt }))
        throw new ProblemError('invalid-request', refusals.noShiftTime, [
          { path: 'endsAt', message: refusals.noShiftTime },
        ]);
      const personName = await lockPlanned(transaction, actor, personId);
      const row = { ...before, personId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
      await assertFree(transaction, [row], this.settings.TIME_ZONE);
      const set = { personId, startsAt: row.startsAt, endsAt: row.endsAt };
      await db.updateTable('shifts').set(set).where('id', '=', id).execute();
      tellShift(transaction, actor, 'shift.updated', row);
      return toShift({ ...row, personName });
    });
  }

  /** @throws ProblemError `not-found` when it does not exist or lies outside the person's area */
  async remove(actor: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const row = await lockShift(transaction, actor, id);
      await db.deleteFrom('shifts').where('id', '=', id).execute();
      tellShift(transaction, actor, 'shift.removed', row);
    });
  }
}

type ShiftTime = Omit<Row<'shifts'>, 'rotationId' | 'slot'>;

export const toShift = ({
  id,
  personId,
  personName,
  areaId,
  startsAt,
  endsAt,
  rotationId,
}: ShiftTime & { personName: string; rotationId: string | null }): Shift => ({
  id,
  personId,
  personName,
  areaId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  rotationId,
});

export const tellShift = (
  { audit }: Transaction,
  actor: Person,
  action: AuditAction,
  { id, personId, areaId, startsAt, endsAt }: ShiftTime,
): void =>
  audit({
    actor: { kind: 'person', id: actor.id },
    action,
    subjectType: 'shift',
    subjectId: id,
    change: { personId, areaId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  });

async function lockPlanned(transaction: Transaction, actor: Person, id: string): Promise<string> {
  const people = await lockPeople(transaction, actor, [id], 'personId');
  assertMayBeOnShift(people, [id], 'personId');
  return people.get(id)!.name;
}

async function lockShift({ db }: Transaction, actor: Person, id: string): Promise<Row<'shifts'>> {
  const row = await db
    .selectFrom('shifts')
    .innerJoin('areas', 'areas.id', 'shifts.areaId')
    .selectAll('shifts')
    .where('shifts.id', '=', id)
    .where(areaScope(actor.areaId))
    .forUpdate('shifts')
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found', commonRefusals.noShift);
  return row;
}

async function assertFree({ db }: Transaction, rows: ShiftTime[], timeZone: string): Promise<void> {
  const inOrder = rows.toSorted((a, b) => +a.startsAt - +b.startsAt);
  const [first] = inOrder;
  if (!first) return;
  const end = Math.max(...rows.map(({ endsAt }) => +endsAt));
  const there = await db
    .selectFrom('shifts')
    .select(['startsAt', 'endsAt'])
    .where(
      'id',
      'not in',
      rows.map(({ id }) => id),
    )
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
    const message = refusals.overlapsShift(wallText(+clash.startsAt, timeZone), wallText(+clash.endsAt, timeZone));
    throw new ProblemError('shift-overlaps', refusals.onShiftAlready, [
      { path: `times.${rows.indexOf(row)}`, message },
    ]);
  }
}
