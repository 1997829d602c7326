import type { Person } from '@sc/contracts';
import { dutySpans, readPlan } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

interface Span {
  from: number;
  to: number;
}

const dayMs = 24 * 3_600_000;

/** When operators are on duty in an area, by person: a day back and two ahead. Leave and stand-ins are counted. */
export async function deskDuty(db: Kysely<Database>, areaId: string, now: number): Promise<Map<string, Span[]>> {
  const time = { from: now - dayMs, to: now + 2 * dayMs };
  const spans = dutySpans(await readPlan(db, areaId, time, 'operator'));
  return Map.groupBy(spans, ({ personId }) => personId);
}

export const ownDuty = async (db: Kysely<Database>, person: Person, now: number): Promise<Span[]> =>
  (await deskDuty(db, person.areaId, now)).get(person.id) ?? [];
