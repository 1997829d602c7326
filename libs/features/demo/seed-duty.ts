import { RotationPlanner } from '@sc/features/directory';
import type { Clock, Ids } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { dutyGrids } from './catalogue/areas.js';
import { officersOf } from './catalogue/people.js';
import { dayMs, planShifts, rotationDay } from './shift-plan.js';

const rotationId = '6f0b4c1e-9d4e-4f37-8a53-0d6f5f0c7a01';
const [firstGrid] = dutyGrids;
const rotatingGrid = dutyGrids[2];
interface Now {
  clock: Clock;
  ids: Ids;
}

/**
 * A rotation, a leave and a stand-in, so that their pages show what they are for. Once: a demo that has shifts already is left as
 * it is. @returns whether the third grid is planned by the rotation
 */
export async function seedDuty(transaction: Transaction, { clock, ids }: Now): Promise<boolean> {
  const { db } = transaction;
  const rotation = await db.selectFrom('rotations').select('id').where('id', '=', rotationId).executeTakeFirst();
  if (rotation) return true;
  const planned = await db.selectFrom('shifts').select('id').limit(1).executeTakeFirst();
  if (planned) return false;
  const people = await db.selectFrom('people').select(['id', 'login']).execute();
  const idOf = new Map(people.map(({ id, login }) => [login, id]));
  const memberIds = officersOf(2).flatMap((login) => idOf.get(login) ?? []);
  if (memberIds.length < 2) return false;
  const now = new Date(clock.now());
  const row = await db
    .insertInto('rotations')
    .values({
      id: rotationId,
      name: '24 小时轮班 · 24-hour turns',
      areaId: rotatingGrid,
      timeZone: 'Asia/Shanghai',
      firstDay: rotationDay(clock.now()),
      lastDay: null,
      memberIds,
      plan: json({ kind: 'turns', turnDays: 1, hours: [{ from: '08:00', to: '08:00' }] }),
      plannedUntil: now,
      createdAt: now,
      updatedAt: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await new RotationPlanner(clock, ids).renew(transaction, row);
  await seedStandIn(transaction, { clock, ids }, idOf);
  return true;
}

/** The first officer is at a course the day after tomorrow; the second one takes over that shift. */
async function seedStandIn({ db }: Transaction, { clock, ids }: Now, idOf: ReadonlyMap<string, string>): Promise<void> {
  const [away, other] = officersOf(0);
  const [personId, substituteId, createdBy] = [away, other, 'manager'].map((login) => idOf.get(login));
  const soon = clock.now() + 2 * dayMs;
  const shift = planShifts(firstGrid, [away, other], soon, 1).find(
    ({ login, startsAt }) => login === away && startsAt >= soon,
  );
  if (!personId || !substituteId || !createdBy || !shift) return;
  const times = { startsAt: new Date(shift.startsAt), endsAt: new Date(shift.endsAt) };
  const made = { ...times, createdBy, createdAt: new Date(clock.now()) };
  await db
    .insertInto('leave')
    .values({ id: ids.next(), personId, kind: 'training', ...made })
    .execute();
  await db
    .insertInto('shiftOverrides')
    .values({ id: ids.next(), areaId: firstGrid, personId, substituteId, ...made })
    .execute();
}
