import type { Text } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { sql } from 'kysely';
import type { EntryRow } from './entry.js';
import { refusals } from './refusals.js';
import { worldOf } from './world.js';

/** @throws ProblemError `action-not-allowed`: retire it */
export async function assertUnused(
  { db }: Transaction,
  { code, defaultHash }: EntryRow,
  rows: ReadonlyMap<string, EntryRow>,
): Promise<void> {
  if (defaultHash !== null) throw refused(refusals.ofProgram);
  if ([...rows.values()].some(({ parent }) => parent === code)) throw refused(refusals.hasChildren);
  const order = await db.selectFrom('workOrders').select('id').where('category', '=', code).limit(1).executeTakeFirst();
  if (order) throw refused(refusals.hasOrders);
  const rule = await db
    .selectFrom('rules')
    .select('id')
    .where(sql<boolean>`definition ->> 'workOrderCategory' = ${code}`)
    .limit(1)
    .executeTakeFirst();
  if (rule) throw refused(refusals.hasRule);
  if ((await worldOf({ db })).planned.has(code)) throw refused(refusals.hasRoundPlan);
}

const refused = (reason: Text): ProblemError => new ProblemError('action-not-allowed', reason);
