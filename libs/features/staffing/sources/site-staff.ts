import { polygonsOf, type Position, type Shape } from '@sc/contracts';
import { dutySpans, readPlan } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { Officer, PlannedShift, Superior } from '../simulation/world.js';

/** Where areas are, looked up without the database. */
export interface Places {
  path(areaId: string): readonly string[];
  place(areaId: string): Pick<PlannedShift, 'path' | 'centre'>;
  /** The nearest area of that kind above, or the area itself. */
  above(areaId: string, kind: string): string;
}

export async function readPlaces(db: Kysely<Database>): Promise<Places> {
  const rows = await db.selectFrom('areas').select(['id', 'kind', 'path', 'shape']).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const path = (areaId: string) => byId.get(areaId)?.path ?? [];
  return {
    path,
    place: (areaId) => ({ path: path(areaId), centre: centreOf(byId.get(areaId)?.shape ?? null) }),
    above: (areaId, kind) => path(areaId).findLast((id) => byId.get(id)?.kind === kind) ?? areaId,
  };
}

/** Officers with what they did of their duty in that time (leave and stand-ins respected), by id. */
export async function readOfficers(
  db: Kysely<Database>,
  places: Places,
  areaId: string,
  range: { from: number; to: number },
): Promise<Officer[]> {
  const spans = dutySpans(await readPlan(db, areaId, range));
  const ids = [...new Set(spans.map(({ personId }) => personId))].sort();
  if (!ids.length) return [];
  const { rows } = await sql<{ id: string; name: string; skills: string[]; teams: string[] }>`
    select people.id, people.name,
      array(select skill from person_skills where person_id = people.id order by skill) as skills,
      array(select team_id::text from team_members join teams on teams.id = team_id and teams.active
        where team_members.person_id = people.id order by 1) as teams
    from people where people.id = any(${ids}::uuid[]) order by people.id`.execute(db);
  return rows.map(({ id, ...person }) => ({
    id,
    personId: id,
    ...person,
    shifts: spans
      .filter(({ personId }) => personId === id)
      .map((span) => ({
        from: Math.max(span.from, range.from),
        to: Math.min(span.to, range.to),
        areaId: span.areaId,
        ...places.place(span.areaId),
      }))
      .filter((span) => span.from < span.to)
      .sort((a, b) => a.from - b.from),
  }));
}

/** Managers and operators of the area, above it and below it. */
export async function readSuperiors(
  db: Kysely<Database>,
  path: readonly string[],
  areaId: string,
): Promise<Superior[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('areas', 'areas.id', 'people.areaId')
    .select(['people.id', 'people.role', 'people.areaId'])
    .where('people.active', '=', true)
    .where('people.role', 'in', ['manager', 'operator'])
    .where(sql<boolean>`(people.area_id = any(${[...path]}) or areas.path @> array[${areaId}]::text[])`)
    .orderBy('people.id')
    .execute();
  return rows.map(({ id, role, areaId: own }) => ({ id, role: role === 'manager' ? role : 'operator', areaId: own }));
}

/** The middle of the corners: near enough to say how far the way is. */
function centreOf(shape: Shape | null): Position | null {
  const corners = shape ? polygonsOf(shape).flatMap(([outer]) => (outer ?? []).slice(1)) : [];
  if (!corners.length) return null;
  const mean = (n: 0 | 1) => corners.reduce((sum, corner) => sum + corner[n]!, 0) / corners.length;
  return [mean(0), mean(1)];
}
