import type { Role } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';
import type { DutyPlan, Span } from './spans.js';

const spanOf = <T extends { startsAt: Date; endsAt: Date }>({ startsAt, endsAt, ...row }: T) => ({
  ...row,
  from: startsAt.getTime(),
  to: endsAt.getTime(),
});

/** What is planned for active officers, or people of another role, in an area and all below it, as far as it touches the time. */
export async function readPlan(
  db: Kysely<Database>,
  areaId: string,
  { from, to }: Span,
  role: Role = 'officer',
): Promise<DutyPlan> {
  const [start, end] = [new Date(from), new Date(to)];
  const shifts = await db
    .selectFrom('shifts')
    .innerJoin('areas', 'areas.id', 'shifts.areaId')
    .select(['shifts.personId', 'shifts.areaId', 'shifts.startsAt', 'shifts.endsAt'])
    .where('shifts.startsAt', '<', end)
    .where('shifts.endsAt', '>', start)
    .where(areaScope(areaId))
    .execute();
  const overrides = await db
    .selectFrom('shiftOverrides')
    .innerJoin('areas', 'areas.id', 'shiftOverrides.areaId')
    .select(['personId', 'substituteId', 'areaId', 'startsAt', 'endsAt'])
    .where('startsAt', '<', end)
    .where('endsAt', '>', start)
    .where(areaScope(areaId))
    .execute();
  const leave = await db
    .selectFrom('leave')
    .select(['personId', 'startsAt', 'endsAt'])
    .where('startsAt', '<', end)
    .where('endsAt', '>', start)
    .execute();
  const people = await db
    .selectFrom('people')
    .select('id')
    .where('role', '=', role)
    .where('active', '=', true)
    .execute();
  const able = new Set(people.map(({ id }) => id));
  // Who is none of them is away for good: a shift of theirs covers nothing, but somebody may stand in for them.
  const others = [...shifts.map(({ personId }) => personId), ...overrides.map(({ substituteId }) => substituteId)];
  const gone = [...new Set(others)].filter((id) => !able.has(id)).map((personId) => ({ personId, from, to }));
  return { shifts: shifts.map(spanOf), overrides: overrides.map(spanOf), leave: [...leave.map(spanOf), ...gone] };
}
