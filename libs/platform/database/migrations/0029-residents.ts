import { type Kysely, sql } from 'kysely';

/** Codes of places, what residents report and follow by their links, what is said between them and staff, announcements. */
const statements = [
  `create table resident_places (
    area_id text primary key references areas (id),
    -- on a sheet on the wall: no secret, but nobody guesses it
    code text not null unique,
    reports_open boolean not null default true,
    made_by uuid not null references people (id),
    made_at timestamptz not null
  )`,
  `create table resident_links (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    area_id text not null references areas (id),
    kind text not null check (kind in ('report', 'follow')),
    -- null: its time is over
    token_hash bytea unique,
    locale text not null,
    -- what a reporter said, as long as it is kept
    words text,
    created_at timestamptz not null
  )`,
  `create index resident_links_order on resident_links (work_order_id)`,
  `create index resident_links_place on resident_links (area_id, created_at)`,
  `create table resident_phones (
    link_id uuid primary key references resident_links (id) on delete cascade,
    sealed bytea not null
  )`,
  `create table resident_messages (
    id uuid primary key,
    work_order_id uuid not null references work_orders (id),
    link_id uuid references resident_links (id),
    person_id uuid references people (id),
    kind text not null check (kind in ('question', 'answer', 'reply', 'solved', 'not-solved')),
    -- null: nothing was said, or its time is over
    words text,
    at timestamptz not null,
    request_id text not null,
    check ((link_id is null) <> (person_id is null))
  )`,
  `create unique index resident_messages_once on resident_messages (work_order_id, coalesce(link_id, person_id), request_id)`,
  `create table resident_ratings (
    link_id uuid not null references resident_links (id),
    work_order_id uuid not null references work_orders (id),
    score smallint not null check (score between 1 and 5),
    words text,
    at timestamptz not null,
    primary key (link_id, work_order_id)
  )`,
  `create index resident_ratings_order on resident_ratings (work_order_id)`,
  // A closed case that was not solved goes on as another one.
  `create table resident_reopenings (
    work_order_id uuid primary key references work_orders (id),
    next_id uuid not null unique references work_orders (id),
    link_id uuid not null references resident_links (id),
    at timestamptz not null
  )`,
  `create table announcements (
    id uuid primary key,
    area_id text not null references areas (id),
    title jsonb not null,
    words jsonb not null,
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    made_by uuid not null references people (id),
    made_at timestamptz not null,
    check (begins_at < ends_at)
  )`,
  `create index announcements_ends on announcements (ends_at)`,
  `alter table attachments
    alter column uploaded_by drop not null,
    add column resident_link_id uuid references resident_links (id),
    -- shown to residents who follow the case
    add column public_at timestamptz,
    add check ((uploaded_by is null) <> (resident_link_id is null))`,
  `create unique index attachments_resident on attachments (resident_link_id, request_id) where resident_link_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
