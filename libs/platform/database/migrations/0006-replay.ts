import { type Kysely, sql } from 'kysely';

/** Whoever serves the console asks, whoever takes messages in does: they may be two processes. */
const statements = [
  `alter table dead_letters add column replay_asked_at timestamptz`,
  `create index dead_letters_replay on dead_letters (replay_asked_at) where replay_asked_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
