import { type Kysely, sql } from 'kysely';

/** What somebody wants to know of a rule and the past. Devices are named once and for all, so that rights can be checked again when it runs. */
const statements = [
  `create table back_tests (
    id uuid primary key,
    person_id uuid not null references people (id),
    rule_id text not null,
    rule jsonb not null,
    stored boolean not null,
    device_ids text[] not null,
    area_id text,
    from_at timestamptz not null,
    to_at timestamptz not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    progress double precision not null default 0,
    readings bigint not null default 0,
    result jsonb,
    error text,
    runner uuid,
    beat_at timestamptz,
    attempts integer not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz,
    expires_at timestamptz
  )`,
  `create index back_tests_person on back_tests (person_id, created_at desc)`,
  `create index back_tests_open on back_tests (created_at) where state in ('waiting', 'running')`,
  // what a rule has raised in some time
  `create index alarms_of_rule on alarms (rule_id, last_transition_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
