import { type Kysely, sql } from 'kysely';

/**
 * Channels as data, where people are reached, what they want to be told of, and a delivery log that knows persons. Secrets are sealed
 * (AES-256-GCM, key in DATA_DIR/secrets): a copy of the database opens none of them.
 */
const statements = [
  `create table channels (
    id uuid primary key,
    kind text not null,
    name text not null,
    enabled boolean not null,
    settings jsonb not null,
    sealed bytea,
    secrets_set text[] not null,
    area_id text references areas (id),
    least_severity text not null,
    topics text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  // the site has one set of keys, and a browser one subscription
  `create unique index channels_one_web_push on channels (kind) where kind = 'web-push'`,
  `insert into channels (id, kind, name, enabled, settings, secrets_set, least_severity, topics, created_at, updated_at)
    values ('01990000-0000-7000-8000-000000000001', 'web-push', 'Web Push', true, '{}', '{}', 'unknown',
      '{alarms,work-orders}', now(), now())`,
  `create table site_secrets (name text primary key, public jsonb not null, sealed bytea not null, created_at timestamptz not null)`,
  `create table push_subscriptions (
    id uuid primary key,
    person_id uuid not null references people (id) on delete cascade,
    session_hash bytea not null,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    created_at timestamptz not null,
    confirmed_at timestamptz not null
  )`,
  `create index push_subscriptions_person on push_subscriptions (person_id)`,
  `create index push_subscriptions_session on push_subscriptions (session_hash)`,
  // Who logs out, is logged out by somebody or loses the account is not told on that device any more; a session that merely ran out was
  // its time: an officer whose phone slept through the night must still be woken.
  `create function forget_push_subscriptions() returns trigger language plpgsql as $$
    begin
      delete from push_subscriptions s using ended where s.session_hash = ended.token_hash and ended.expires_at > now();
      return null;
    end $$`,
  `create trigger sessions_forget_push after delete on sessions
    referencing old table as ended for each statement execute function forget_push_subscriptions()`,
  `create table notification_preferences (
    person_id uuid primary key references people (id) on delete cascade,
    channels jsonb not null,
    quiet_hours jsonb,
    updated_at timestamptz not null
  )`,
  `create table person_addresses (
    person_id uuid not null references people (id) on delete cascade,
    kind text not null check (kind in ('phone', 'e-mail', 'wecom', 'dingtalk', 'feishu')),
    address text not null,
    updated_at timestamptz not null,
    primary key (person_id, kind)
  )`,

  `alter table deliveries add column channel_id uuid references channels (id) on delete set null`,
  `alter table deliveries add column channel_name text`,
  `alter table deliveries add column person_id uuid references people (id) on delete cascade`,
  `alter table deliveries add column severity text not null default 'unknown'`,
  `alter table deliveries add column message jsonb`,
  `alter table deliveries add column held_until timestamptz`,
  `alter table deliveries add column expires_at timestamptz`,
  // when it was let through to its channel: what folding counts
  `alter table deliveries add column released_at timestamptz`,
  `alter table deliveries add column folded_into uuid`,
  // browsers that already have it
  `alter table deliveries add column reached text[] not null default '{}'`,
  `alter table deliveries add column revision integer not null default 0`,
  `alter table deliveries drop constraint deliveries_state_check`,
  `alter table deliveries add constraint deliveries_state_check
    check (state in ('pending', 'held', 'delivered', 'failed', 'folded', 'expired'))`,
  // once per (person, event, channel); a group is nobody
  `create unique index deliveries_once on deliveries
    (channel_id, coalesce(person_id, '00000000-0000-0000-0000-000000000000'), event_id) where channel_id is not null`,
  `create index deliveries_person on deliveries (channel_id, person_id, released_at) where released_at is not null`,
  `create index deliveries_newest on deliveries (created_at desc, id desc)`,
  `create index deliveries_folded on deliveries (folded_into) where folded_into is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
