import { type Kysely, sql } from 'kysely';

/** Why somebody was asked, with the facts; who was called beside the one who was asked; chains of escalation as data. */
const statements = [
  // When somebody was given an order, and what was known of each who could have been.
  `alter table work_order_candidates
    add column at timestamptz,
    add column facts jsonb,
    add column place smallint`,
  `create index work_order_candidates_given on work_order_candidates (person_id, at) where chosen`,
  // Where somebody was last, as they said themselves with a step.
  `create index work_order_steps_placed on work_order_steps (actor_id, at) where longitude is not null`,
  // Where in its chain an order stands: the step, and how often that was asked.
  `alter table work_orders
    add column chain_step integer not null default 0,
    add column chain_times integer not null default 0`,
  // Everyone who was called to a danger at once; whose the order is says assignee_id alone.
  `create table work_order_calls (
    work_order_id uuid not null references work_orders (id) on delete cascade,
    person_id uuid not null references people (id) on delete cascade,
    called_at timestamptz not null,
    primary key (work_order_id, person_id)
  )`,
  `create index work_order_calls_person on work_order_calls (person_id)`,
  `create table escalation_chains (
    area_id text not null references areas (id),
    severity text not null,
    steps jsonb not null,
    updated_at timestamptz not null,
    updated_by uuid references people (id),
    primary key (area_id, severity)
  )`,
  // What was acknowledged and may have been forgotten is found by when that was.
  `create index alarms_acknowledged on alarms (acknowledged_at) where state = 'acknowledged' and condition_active`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
