import { type Kysely, sql } from 'kysely';

/** What the steps of cases say, read once; orders that have no clock yet; messages in the app as they were told. */
const statements = [
  // As the order stood at `as_of`, which is its `updated_at`: what has moved since is read from its steps again.
  `create table case_facts (
    work_order_id uuid primary key references work_orders (id) on delete cascade,
    as_of timestamptz not null,
    given_at timestamptz,
    times_given integer not null,
    accepted_at timestamptz,
    reported_at timestamptz,
    closed_at timestamptz,
    was_reported boolean,
    was_self_handled boolean,
    was_reworked boolean,
    was_returned boolean,
    was_escalated boolean,
    was_sensor_verified boolean,
    accept_ended boolean,
    accept_late boolean,
    handle_ended boolean,
    handle_late boolean,
    verify_ended boolean,
    verify_late boolean,
    told_at timestamptz,
    suspended double precision,
    suspended_handling double precision not null
  )`,
  `create index case_facts_newest on case_facts (as_of)`,
  `create index work_orders_clockless on work_orders (created_at)
    where clock is null and state in ('registered', 'dispatched', 'accepted', 'in-hand', 'reported', 'verified')`,
  `create index work_orders_settled on work_orders (updated_at) where state <> 'suspended'`,
  // The app is a channel like the others, and the one nobody switches off; its log are the notifications themselves.
  `insert into channels (id, kind, name, enabled, settings, secrets_set, least_severity, topics, created_at, updated_at)
    values ('01990000-0000-7000-8000-000000000000', 'in-app', 'In the app', true, '{}', '{}', 'unknown',
      '{alarms,work-orders}', now(), now())`,
  `create unique index channels_one_in_app on channels (kind) where kind = 'in-app'`,
  `alter table notifications
    add column message jsonb,
    add column severity text not null default 'unknown',
    add column quiet boolean not null default false`,
  `create index notifications_of_person on notifications (person_id, created_at desc, id desc)`,
  `create index notifications_newest on notifications (created_at desc, id desc)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
