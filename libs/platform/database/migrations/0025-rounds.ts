import { type Kysely, sql } from 'kysely';

/** Rounds: plans with their check points, what they come to, and what was found. */
const statements = [
  `create table round_plans (
    id uuid primary key,
    title jsonb not null,
    area_id text not null references areas (id),
    recurrence text not null,
    window_minutes integer not null check (window_minutes > 0),
    assignee jsonb not null,
    category text not null,
    enabled boolean not null,
    -- every start up to here has its round
    made_until timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    removed_at timestamptz
  )`,
  `create index round_plans_to_make on round_plans (made_until) where enabled and removed_at is null`,
  `create table check_points (
    id uuid primary key,
    plan_id uuid not null references round_plans (id),
    key text not null,
    place integer not null,
    definition jsonb not null,
    -- only the hash of a code is kept: who reads the database was not therefore on the spot
    code_hash bytea unique,
    code_made_at timestamptz,
    removed_at timestamptz,
    unique (plan_id, key)
  )`,
  `create table rounds (
    id uuid primary key,
    plan_id uuid not null references round_plans (id),
    starts_at timestamptz not null,
    due_at timestamptz not null,
    state text not null check (state in ('planned', 'started', 'done', 'missed', 'cancelled')),
    title jsonb not null,
    area_id text not null references areas (id),
    category text not null,
    -- the check points as they were when the round was made
    points jsonb not null,
    assignee_id uuid references people (id),
    -- everyone who ever had it: what they did without a network may arrive when somebody else has it
    holder_ids uuid[] not null default '{}',
    started_at timestamptz,
    ended_at timestamptz,
    ended_by uuid references people (id),
    reminded smallint not null default 0,
    required integer not null,
    answered integer not null default 0,
    failed integer not null default 0,
    skipped integer not null default 0,
    without_scan integer not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- identity: one start of one plan is one round, however often and by whomever it is made
    unique (plan_id, starts_at)
  )`,
  `create index rounds_due on rounds (due_at)`,
  `create index rounds_of_person on rounds (assignee_id, starts_at desc)`,
  `create index rounds_in_time on rounds (starts_at desc, id)`,
  `create table round_answers (
    id uuid primary key,
    round_id uuid not null references rounds (id) on delete cascade,
    check_point_id uuid not null,
    item_key text not null,
    value jsonb,
    skipped text,
    failed boolean not null,
    note text,
    at timestamptz not null,
    received_at timestamptz not null,
    person_id uuid not null references people (id),
    request_id text not null,
    work_order_id uuid references work_orders (id),
    unique (round_id, request_id, check_point_id, item_key)
  )`,
  `create index round_answers_without_case on round_answers (received_at) where failed and work_order_id is null`,
  `create table round_scans (
    id uuid primary key,
    round_id uuid not null references rounds (id) on delete cascade,
    check_point_id uuid not null,
    at timestamptz not null,
    received_at timestamptz not null,
    person_id uuid not null references people (id),
    request_id text not null,
    unique (round_id, request_id)
  )`,
  `create table round_steps (
    id uuid primary key,
    round_id uuid not null references rounds (id) on delete cascade,
    action text not null,
    at timestamptz not null,
    actor_id uuid references people (id),
    to_id uuid references people (id),
    note text
  )`,
  `create index round_steps_round on round_steps (round_id, at)`,
  `alter table notifications add column round_id uuid references rounds (id) on delete cascade`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
