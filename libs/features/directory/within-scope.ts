import { mayBeOnShift, type Person, type Role, type Text } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';
import { refusals } from './refusals.js';

const missing = (path: string, reason: Text) => new ProblemError('not-found', reason, [{ path, message: reason }]);

/** @throws ProblemError `not-found` when the area does not exist or lies outside the person's area */
export async function assertArea({ db }: Transaction, actor: Person, areaId: string, path = 'areaId'): Promise<void> {
  const area = await db
    .selectFrom('areas')
    .select('id')
    .where('id', '=', areaId)
    .where(areaScope(actor.areaId))
    .executeTakeFirst();
  if (!area) throw missing(path, commonRefusals.noArea);
}

/**
 * Locks people of the actor's area, so that two changes about the same person follow each other.
 * @throws ProblemError `not-found` when one does not exist or belongs outside the actor's area
 */
export async function lockPeople(
  { db }: Transaction,
  actor: Person,
  ids: readonly string[],
  path: string,
): Promise<Map<string, { name: string; role: Role; active: boolean }>> {
  if (!ids.length) return new Map();
  const rows = await db
    .selectFrom('people')
    .innerJoin('areas', 'areas.id', 'people.areaId')
    .select(['people.id', 'people.name', 'role', 'active'])
    .where('people.id', 'in', [...ids])
    .where(areaScope(actor.areaId))
    .orderBy('people.id')
    .forUpdate('people')
    .execute();
  const found = new Map(rows.map(({ id, ...person }) => [id, person]));
  const absent = ids.findIndex((id) => !found.has(id));
  if (absent >= 0) throw missing(ids.length === 1 ? path : `${path}.${absent}`, commonRefusals.noPerson);
  return found;
}

/** @throws ProblemError `invalid-request`: somebody else on shift would look like cover and be none */
export function assertMayBeOnShift(
  people: ReadonlyMap<string, { role: Role; active: boolean }>,
  ids: readonly string[],
  path: string,
): void {
  const wrong = ids.findIndex((id) => {
    const one = people.get(id);
    return !one?.active || !mayBeOnShift(one.role);
  });
  if (wrong < 0) return;
  throw new ProblemError('invalid-request', refusals.mayNotBeOnShift, [
    { path: ids.length === 1 ? path : `${path}.${wrong}`, message: refusals.mayNotBeOnShift },
  ]);
}
