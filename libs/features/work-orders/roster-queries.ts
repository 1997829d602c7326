import type { Position } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** Somebody a step of a chain means. */
export interface Somebody {
  personId: string;
  skills: string[];
  /** The middle of where they are on shift. */
  position: Position | null;
  /** On shift by the plan, but away. */
  onLeave?: boolean;
}

const skills = sql<string[]>`array(select skill from person_skills where person_id = people.id order by skill)`;
const onLeave = (at: Date) => sql<boolean>`exists (
  select from leave where leave.person_id = people.id and leave.starts_at <= ${at} and leave.ends_at > ${at})`;

/** Officers who are planned in these areas, or in one inside them, and are on leave: people ask why they were not chosen. By area. */
export async function awayFrom(
  db: Kysely<Database>,
  areaIds: readonly string[],
  now: number,
): Promise<Map<string, Somebody[]>> {
  const at = new Date(now);
  const rows = await db
    .selectFrom('shifts')
    .innerJoin('people', 'people.id', 'shifts.personId')
    .innerJoin('areas', 'areas.id', 'shifts.areaId')
    .select(['people.id as personId', skills.as('skills'), 'areas.path'])
    .where('shifts.startsAt', '<=', at)
    .where('shifts.endsAt', '>', at)
    .where('people.active', '=', true)
    .where('people.role', '=', 'officer')
    .where(sql<boolean>`areas.path && ${areaIds}::text[]`)
    .where(onLeave(at))
    .orderBy('people.id')
    .execute();
  const away = (areaId: string) => {
    const there = rows.filter(({ path }) => path.includes(areaId));
    const once = new Map(there.map(({ path: _, ...one }) => [one.personId, one]));
    return [...once.values()].map((one) => ({ ...one, position: null, onLeave: true }));
  };
  return new Map(areaIds.map((areaId) => [areaId, away(areaId)]));
}

/** One person whom a chain names, if they may log in. */
export async function thatPerson(db: Kysely<Database>, personId: string | null, now: number): Promise<Somebody[]> {
  if (!personId) return [];
  const rows = await db
    .selectFrom('people')
    .select(['people.id as personId', skills.as('skills'), onLeave(new Date(now)).as('onLeave')])
    .where('people.id', '=', personId)
    .where('people.active', '=', true)
    .execute();
  return rows.map((row) => ({ ...row, position: null }));
}

/** In which of these areas somebody is operator or manager. */
export async function staffedAmong(db: Kysely<Database>, areaIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('people')
    .select('areaId')
    .distinct()
    .where('role', 'in', ['operator', 'manager'])
    .where('active', '=', true)
    .where(sql<boolean>`area_id = any(${areaIds}::text[])`)
    .execute();
  return new Set(rows.map(({ areaId }) => areaId));
}

/** Which of these people are on leave, and the area of each one's role. */
export async function standingOf(
  db: Kysely<Database>,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, { areaId: string; onLeave: boolean }>> {
  if (!personIds.length) return new Map();
  const rows = await db
    .selectFrom('people')
    .select(['people.id', 'people.areaId', onLeave(new Date(now)).as('onLeave')])
    .where(sql<boolean>`people.id = any(${personIds}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
