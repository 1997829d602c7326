import { type Kysely, sql } from 'kysely';

/**
 * While a table is small, PostgreSQL took this index for the newest alarm of one condition, and read all alarms of the rule for each
 * of the thousands that came with a storm: 20 s instead of 0.1 s. What it was for is found by device and rule.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop index alarms_of_rule').execute(db);
}
