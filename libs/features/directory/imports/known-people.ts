import type { Person, Role } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';

export interface KnownPerson {
  id: string;
  login: string;
  name: string;
  role: Role;
  active: boolean;
  /** Whether whoever imports looks after them. */
  inScope: boolean;
}
export type KnownPeople = ReadonlyMap<string, KnownPerson>;

/**
 * Those of these logins that there are. Locked when something is to be written, so that two plans about the same person follow
 * each other.
 */
export async function knownPeople(
  { db }: Transaction,
  logins: readonly string[],
  actor: Person,
  lock: boolean,
): Promise<KnownPeople> {
  if (!logins.length) return new Map();
  const rows = await db
    .selectFrom('people')
    .innerJoin('areas', 'areas.id', 'people.areaId')
    .select(['people.id', 'login', 'people.name', 'role', 'active', 'areas.path'])
    .where('login', 'in', [...logins])
    .orderBy('people.id')
    .$if(lock, (query) => query.forUpdate('people'))
    .execute();
  return new Map(rows.map(({ path, ...row }) => [row.login, { ...row, inScope: path.includes(actor.areaId) }]));
}
