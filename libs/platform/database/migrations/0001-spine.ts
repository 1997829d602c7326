import { type Kysely, sql } from 'kysely';

/**
 * The first schema. Migrations are never edited once released: expand, move, contract.
 * Instants are `timestamptz`; texts in both languages are `jsonb` of {"zh-CN","en"}.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // directory
  `create table areas (
    id text primary key,
    kind text not null,
    parent_id text references areas (id),
    path text[] not null,
    name jsonb not null,
    shape jsonb,
    households integer check (households >= 0),
    created_at timestamptz not null
  )`,
  `create index areas_path on areas using gin (path)`,
  `create table people (
    id uuid primary key,
    login text not null unique,
    password_hash text not null,
    name text not null,
    role text not null check (role in ('admin', 'operator', 'officer', 'manager')),
    area_id text not null references areas (id),
    locale text not null,
    active boolean not null default true,
    created_at timestamptz not null
  )`,
  `create table sessions (
    token_hash bytea primary key,
    person_id uuid not null references people (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index sessions_expires_at on sessions (expires_at)`,
  `create table shifts (
    id uuid primary key,
    person_id uuid not null references people (id),
    area_id text not null references areas (id),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    check (ends_at > starts_at)
  )`,
  `create index shifts_area_time on shifts (area_id, starts_at, ends_at)`,

  // devices
  `create table devices (
    id text primary key,
    domain text not null,
    name text not null,
    area_id text not null references areas (id),
    longitude double precision,
    latitude double precision,
    placement text,
    secret_hash bytea not null,
    state text not null check (state in ('registered', 'retired')),
    connection text not null default 'never-seen' check (connection in ('online', 'offline', 'never-seen')),
    last_seen_at timestamptz,
    replaced_by text references devices (id),
    created_at timestamptz not null
  )`,
  `create index devices_area on devices (area_id)`,
  `create table device_events (
    device_id text not null references devices (id),
    event_key text not null,
    type text not null,
    ts timestamptz not null,
    received_at timestamptz not null,
    data jsonb not null,
    primary key (device_id, event_key)
  )`,
  `create index device_events_ts on device_events (device_id, ts)`,

  // detection
  `create table rules (
    id text primary key,
    version integer not null,
    domain text not null,
    enabled boolean not null,
    definition jsonb not null,
    updated_at timestamptz not null
  )`,

  // alarms
  `create table incidents (
    id uuid primary key,
    domain text not null,
    category text not null,
    area_id text not null references areas (id),
    severity text not null,
    state text not null check (state in ('open', 'closed')),
    opened_at timestamptz not null,
    closed_at timestamptz
  )`,
  `create unique index incidents_one_open on incidents (area_id, domain, category) where state = 'open'`,
  `create table alarms (
    id uuid primary key,
    device_id text not null references devices (id),
    rule_id text not null references rules (id),
    rule_version integer not null,
    domain text not null,
    area_id text not null references areas (id),
    state text not null,
    condition_active boolean not null,
    severity text not null,
    urgency text not null,
    certainty text not null,
    work_order boolean not null,
    cause jsonb not null,
    raised_at timestamptz not null,
    cleared_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid references people (id),
    occurrences integer not null default 1,
    last_seen_at timestamptz not null,
    last_transition_at timestamptz not null,
    incident_id uuid references incidents (id),
    created_at timestamptz not null
  )`,
  // P3: the database itself refuses a second active alarm for one condition
  `create unique index alarms_one_active on alarms (device_id, rule_id) where state <> 'normal'`,
  `create index alarms_latest on alarms (device_id, rule_id, last_transition_at desc)`,
  `create index alarms_open on alarms (raised_at desc) where state <> 'normal'`,
  `create index alarms_history on alarms (raised_at desc, id desc)`,
  `create index alarms_incident on alarms (incident_id)`,
  `create table alarm_steps (
    id uuid primary key,
    alarm_id uuid not null references alarms (id),
    at timestamptz not null,
    recorded_at timestamptz not null,
    action text not null,
    from_state text,
    to_state text not null,
    actor_kind text not null check (actor_kind in ('person', 'device', 'system')),
    actor_id text not null,
    note text,
    data jsonb not null
  )`,
  `create index alarm_steps_alarm on alarm_steps (alarm_id, recorded_at)`,

  // work orders
  `create table work_orders (
    id uuid primary key,
    sequence bigint generated always as identity unique,
    incident_id uuid not null references incidents (id),
    category text not null,
    title jsonb not null,
    instructions jsonb not null,
    photo_required boolean not null,
    accept_within_seconds integer not null,
    state text not null,
    severity text not null,
    area_id text not null references areas (id),
    duty_grid_id text references areas (id),
    longitude double precision,
    latitude double precision,
    placement text,
    assignee_id uuid references people (id),
    handler_id uuid references people (id),
    escalation_level integer not null default 0,
    accept_by timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    closed_at timestamptz
  )`,
  // P4: one open work order per incident
  `create unique index work_orders_one_open on work_orders (incident_id) where state not in ('closed', 'voided')`,
  `create index work_orders_assignee on work_orders (assignee_id) where state not in ('closed', 'voided')`,
  `create index work_orders_history on work_orders (created_at desc, id desc)`,
  `create table work_order_steps (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    at timestamptz not null,
    action text not null,
    from_state text,
    to_state text not null,
    actor_kind text not null check (actor_kind in ('person', 'device', 'system')),
    actor_id text not null,
    note text,
    request_id text,
    data jsonb not null,
    unique (work_order_id, request_id)
  )`,
  `create index work_order_steps_order on work_order_steps (work_order_id, at)`,
  `create table work_order_candidates (
    work_order_id uuid not null references work_orders (id),
    level integer not null,
    person_id uuid not null references people (id),
    open_orders integer not null,
    chosen boolean not null,
    reason text not null,
    primary key (work_order_id, level, person_id)
  )`,
  `create table attachments (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    media_type text not null,
    bytes integer not null,
    sha256 bytea not null,
    uploaded_by uuid not null references people (id),
    uploaded_at timestamptz not null,
    unique (work_order_id, sha256)
  )`,

  // notifications
  `create table notifications (
    id uuid primary key,
    person_id uuid not null references people (id),
    kind text not null,
    work_order_id uuid references work_orders (id),
    event_id uuid not null,
    created_at timestamptz not null,
    read_at timestamptz,
    unique (person_id, event_id)
  )`,
  `create table deliveries (
    id uuid primary key,
    channel text not null,
    target text not null,
    event_id uuid not null,
    state text not null check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    last_error text,
    created_at timestamptz not null,
    delivered_at timestamptz,
    unique (channel, target, event_id)
  )`,

  // events out, work later
  `create table outbox (
    position bigint generated always as identity primary key,
    id uuid not null unique,
    type text not null,
    payload jsonb not null,
    area_id text,
    subject_id text not null,
    person_id uuid,
    occurred_at timestamptz not null
  )`,
  `create table relay_cursors (name text primary key, position bigint not null)`,
  `create table jobs (
    id uuid primary key,
    name text not null,
    subject text not null,
    payload jsonb not null,
    due_at timestamptz not null,
    state text not null check (state in ('pending', 'done', 'dead', 'cancelled')),
    attempts integer not null default 0,
    last_error text,
    created_at timestamptz not null,
    finished_at timestamptz,
    replayed_at timestamptz,
    unique (name, subject)
  )`,
  `create index jobs_due on jobs (due_at) where state = 'pending'`,
  `create index jobs_dead on jobs (finished_at desc) where state = 'dead'`,

  // what could not be used, what was refused, what was changed
  `create table dead_letters (
    id uuid primary key,
    device_id text,
    topic text not null,
    payload bytea not null,
    payload_bytes integer not null,
    reason text not null,
    detail text not null,
    received_at timestamptz not null,
    replayed_at timestamptz
  )`,
  `create index dead_letters_time on dead_letters (received_at desc, id desc)`,
  `create index dead_letters_device on dead_letters (device_id, received_at desc)`,
  `create table security_log (
    id uuid primary key,
    at timestamptz not null,
    kind text not null,
    actor text not null,
    remote_address text,
    detail text not null
  )`,
  `create index security_log_at on security_log (at desc)`,
  `create table audit_trail (
    sequence bigint primary key,
    at timestamptz not null,
    actor_kind text not null,
    actor_id text not null,
    action text not null,
    subject_type text not null,
    subject_id text not null,
    change jsonb not null,
    previous_hash bytea not null,
    hash bytea not null
  )`,
  // The trail only grows: an update or delete is refused even for our own account.
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'the audit trail only grows'; end $$`,
  `create trigger audit_trail_only_grows before update or delete or truncate on audit_trail execute function refuse_change()`,
];
