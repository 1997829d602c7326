import type { Transaction } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { sql } from 'kysely';
import { refusals } from './refusals.js';

/**
 * Devices and bridges log in by one kind of name, so a name belongs to one of them. The lock makes two who take the same
 * name at once go one after the other; within each table the primary key refuses.
 * @throws ProblemError `already-exists`
 */
export async function claimName({ db }: Transaction, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 7241936))`.execute(db);
  const taken = await db
    .selectFrom('devices')
    .select('id')
    .where('id', '=', id)
    .unionAll(db.selectFrom('bridges').select('id').where('id', '=', id))
    .executeTakeFirst();
  if (taken) throw new ProblemError('already-exists', refusals.nameTaken);
}
