import { type Kysely, sql } from 'kysely';

/**
 * What rules with a long memory (learned baselines) remember of a device: weeks, more than is told again after a start. Kept every few
 * minutes; a copy may be lost without harm to alarms that stand. It refers to no row: `rule_id` may name a member of a
 * group, and one device that is gone must not keep those of the others from being written. What is kept no more goes after a while.
 */
const statements = [
  `create table detector_memory (
    device_id text not null,
    rule_id text not null,
    about text not null,
    covered_until timestamptz not null,
    state jsonb not null,
    numbers bytea not null check (octet_length(numbers) <= 262144),
    kept_at timestamptz not null,
    primary key (device_id, rule_id)
  )`,
  `create index detector_memory_kept_at on detector_memory (kept_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
