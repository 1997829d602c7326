import { type Kysely, sql } from 'kysely';

/** Words that people give to devices, so that a rule can speak of them together: `kitchen`, `roof`. */
const statements = [
  `alter table devices add column labels text[] not null default '{}' check (cardinality(labels) <= 16)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
