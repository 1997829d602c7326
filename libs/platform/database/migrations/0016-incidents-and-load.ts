import { type Kysely, sql } from 'kysely';

/** Incidents that people split and merge; what alarm load is computed from is found by time. */
const statements = [
  `alter table incidents
    add column merged_into uuid references incidents (id),
    add column split_from uuid references incidents (id),
    add constraint incidents_merged_is_closed check (merged_into is null or state = 'closed')`,
  // One that a person split off stands beside the one that gathers by itself.
  `drop index incidents_one_open`,
  `create unique index incidents_one_open on incidents (area_id, domain, category)
    where state = 'open' and split_from is null`,
  `create index incidents_open on incidents (opened_at desc, id desc) where state = 'open'`,
  // where the alarms of a merged matter go, and what was merged into one
  `create index incidents_merged on incidents (area_id, domain, category) where merged_into is not null`,
  `create index incidents_merged_into on incidents (merged_into) where merged_into is not null`,
  `create table incident_steps (
    id uuid primary key,
    incident_id uuid not null references incidents (id),
    at timestamptz not null,
    action text not null,
    actor_kind text not null check (actor_kind in ('person', 'device', 'system')),
    actor_id text not null,
    note text,
    request_id text,
    data jsonb not null,
    unique (incident_id, request_id)
  )`,
  // The conditions that a person has put into an incident: gathering respects it while that incident is open.
  `create table incident_placements (
    device_id text not null references devices (id),
    rule_id text not null references rules (id),
    subject text not null,
    category text not null,
    incident_id uuid not null references incidents (id),
    primary key (device_id, rule_id, subject, category)
  )`,
  `create index incident_placements_incident on incident_placements (incident_id)`,
  `alter table work_orders add column duplicate_of uuid references work_orders (id)`,
  // alarms as they were told to the control room, and when they were seen
  `create index alarm_steps_told on alarm_steps (recorded_at, id)
    where to_state = 'unacknowledged' or action = 'acknowledge'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
