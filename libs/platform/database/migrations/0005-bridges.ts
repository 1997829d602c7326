import { type Kysely, sql } from 'kysely';

/** Bridges speak for devices that have no login of their own; pictures are what cameras saw when an alarm began. */
const statements = [
  `create table bridges (
    id text primary key,
    kind text not null,
    name text not null,
    topic_prefix text not null,
    area_id text not null references areas (id),
    secret_hash bytea not null,
    base_url text,
    state text not null check (state in ('registered', 'retired')),
    connection text not null default 'never-seen' check (connection in ('online', 'offline', 'never-seen')),
    -- what it told up to here is known; asked again from a little before
    reviewed_until timestamptz,
    created_at timestamptz not null
  )`,
  `create index bridges_area on bridges (area_id)`,
  `alter table devices add column bridge_id text references bridges (id)`,
  `alter table devices add column external_id text`,
  `alter table devices add constraint devices_bridged check ((bridge_id is null) = (external_id is null))`,
  `create unique index devices_external on devices (bridge_id, external_id) where state = 'registered'`,
  `create table pictures (
    id uuid primary key,
    device_id text not null references devices (id),
    -- one picture for one thing that was seen, however often it is told
    picture_key text not null,
    source jsonb not null,
    state text not null check (state in ('pending', 'stored', 'failed', 'refused')),
    reason text,
    attempts integer not null default 0,
    media_type text,
    bytes integer,
    sha256 bytea,
    taken_at timestamptz not null,
    created_at timestamptz not null,
    unique (device_id, picture_key)
  )`,
  `create index pictures_device on pictures (device_id, taken_at desc)`,
  `create index pictures_taken on pictures (taken_at)`,
  `create index pictures_file on pictures (sha256)`,
  `create index attachments_file on attachments (sha256)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
