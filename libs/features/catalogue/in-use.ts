import type { Transaction } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { sql } from 'kysely';
import type { EntryRow } from './entry.js';
import { worldOf } from './world.js';

/** @throws ProblemError `action-not-allowed`: retire it */
export async function assertUnused(
  { db }: Transaction,
  { code, defaultHash }: EntryRow,
  rows: ReadonlyMap<string, EntryRow>,
): Promise<void> {
  if (defaultHash !== null) throw refused('the program brings it');
  if ([...rows.values()].some(({ parent }) => parent === code)) throw refused('something hangs on it');
  const order = await db.selectFrom('workOrders').select('id').where('category', '=', code).limit(1).executeTakeFirst();
  if (order) throw refused('orders are of this kind');
  const rule = await db
    .selectFrom('rules')
    .select('id')
    .where(sql<boolean>`definition ->> 'workOrderCategory' = ${code}`)
    .limit(1)
    .executeTakeFirst();
  if (rule) throw refused('a rule asks for it');
  if ((await worldOf({ db })).planned.has(code)) throw refused('a plan of rounds asks for it');
}

const refused = (why: string): ProblemError => new ProblemError('action-not-allowed', `${why}: retire it`);
