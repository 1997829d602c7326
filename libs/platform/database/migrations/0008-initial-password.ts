import { type Kysely, sql } from 'kysely';

/** A password that somebody else gave is to be changed: the console asks for it until it was. */
const statements = [`alter table people add column password_initial boolean not null default false`];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
