import { type Kysely, sql } from 'kysely';

/**
 * A site that was started empty has the one row of this table, for ever: it is never filled with the demo. The code of the
 * first administrator is kept hashed, and only until it was used.
 */
const statements = [
  `create table site_setup (
    only_row boolean primary key default true check (only_row),
    code_hash bytea,
    opened_at timestamptz not null,
    finished_at timestamptz,
    check (finished_at is null or code_hash is null)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
