import { type Kysely, sql } from 'kysely';

/**
 * How each process says that it is: one row of its own, written anew every few seconds, so that whoever serves the console
 * can show all of them. Small and bounded; old rows go with the housekeeping.
 */
const statements = [
  `create table process_reports (
    instance uuid primary key,
    kind text not null,
    host text not null,
    version text not null,
    started_at timestamptz not null default now(),
    reported_at timestamptz not null default now(),
    stopped_at timestamptz,
    report jsonb not null check (octet_length(report::text) <= 32768)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
