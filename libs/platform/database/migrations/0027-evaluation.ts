import { type Kysely, sql } from 'kysely';

/** What the figures of evaluation need of each step, and what managers ask of the staffing planner. */
const statements = [
  // The limit of the clock that stood when the step was taken: whether it came in time can be said for ever, whatever the limits are later.
  `alter table work_order_steps add column due_at timestamptz`,
  `create table staffing_plans (
    id uuid primary key,
    person_id uuid not null references people (id),
    area_id text not null references areas (id),
    question jsonb not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    progress double precision not null default 0,
    result jsonb,
    error text,
    runner uuid,
    beat_at timestamptz,
    attempts integer not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz,
    expires_at timestamptz
  )`,
  `create index staffing_plans_person on staffing_plans (person_id, created_at desc)`,
  `create index staffing_plans_open on staffing_plans (created_at) where state in ('waiting', 'running')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
