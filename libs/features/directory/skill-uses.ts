import type { Person, SkillUse } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';

/** Named at most; there may be hundreds. */
const mostNamed = 10;

/** What still asks for a skill or is known for it; of people beyond the actor's area only how many they are. */
export async function usesOf(
  { db }: Pick<Transaction, 'db'>,
  actor: Person,
  slug: string,
): Promise<{ path: SkillUse; message: string }[]> {
  const entries = await db
    .selectFrom('catalogueEntries')
    .select('code')
    .where(sql<boolean>`asked -> 'skills' @> ${JSON.stringify([slug])}::jsonb`)
    .orderBy('code')
    .execute();
  const people = await db
    .selectFrom('personSkills')
    .innerJoin('people', 'people.id', 'personSkills.personId')
    .innerJoin('areas', 'areas.id', 'people.areaId')
    .select(['people.name', 'areas.path'])
    .where('skill', '=', slug)
    .orderBy('people.name')
    .execute();
  const orders = await db
    .selectFrom('workOrders')
    .select('id')
    .where(sql<boolean>`skills @> array[${slug}]::text[]`)
    .where('state', 'not in', ['closed', 'evaluated', 'voided'])
    .orderBy('id')
    .execute();
  const near = people.filter(({ path }) => path.includes(actor.areaId));
  const far = people.length - near.length;
  return [
    use('catalogue', named(entries.map(({ code }) => code))),
    use('people', named(near.map(({ name }) => name))),
    use('people-elsewhere', far ? String(far) : ''),
    use('work-orders', orders.length ? String(orders.length) : ''),
  ].filter(({ message }) => message !== '');
}

const use = (path: SkillUse, message: string) => ({ path, message });

const named = (names: readonly string[]): string =>
  [...names.slice(0, mostNamed), ...(names.length > mostNamed ? [`… (${names.length})`] : [])].join(', ');
