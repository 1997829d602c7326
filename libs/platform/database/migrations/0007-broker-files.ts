import { type Kysely, sql } from 'kysely';

/**
 * A secret in the format of Mosquitto's password file, made when the secret is: from our own hash it cannot be made later.
 * Null for secrets that are older.
 */
const statements = [
  `alter table devices add column mosquitto_hash text`,
  `alter table bridges add column mosquitto_hash text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
