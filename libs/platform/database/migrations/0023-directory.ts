import { type Kysely, sql } from 'kysely';

/** What people can do, in which teams they work, when they are away, who stands in for whom; rotations that make shifts. */
const statements = [
  `create table skills (
    slug text primary key,
    title jsonb not null,
    created_at timestamptz not null
  )`,
  `create table person_skills (
    person_id uuid not null references people (id) on delete cascade,
    skill text not null references skills (slug) on delete cascade,
    primary key (person_id, skill)
  )`,
  `create table teams (
    id uuid primary key,
    name jsonb not null,
    area_id text not null references areas (id),
    contractor boolean not null,
    lead_id uuid references people (id) on delete set null,
    active boolean not null default true,
    created_at timestamptz not null
  )`,
  `create table team_members (
    team_id uuid not null references teams (id) on delete cascade,
    person_id uuid not null references people (id) on delete cascade,
    primary key (team_id, person_id)
  )`,
  `create index team_members_person on team_members (person_id)`,
  `create table leave (
    id uuid primary key,
    person_id uuid not null references people (id) on delete cascade,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    kind text not null check (kind in ('holiday', 'sick', 'training', 'other')),
    created_by uuid not null references people (id),
    created_at timestamptz not null,
    check (ends_at > starts_at)
  )`,
  `create index leave_person on leave (person_id, ends_at)`,
  `create table rotations (
    id uuid primary key,
    name text not null,
    area_id text not null references areas (id),
    time_zone text not null,
    first_day text not null,
    last_day text,
    member_ids uuid[] not null,
    plan jsonb not null,
    version integer not null default 1,
    planned_until timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create index rotations_planned on rotations (planned_until)`,
  // What a rotation planned stays when the rotation is gone: it was, or still is, somebody's duty.
  `alter table shifts
    add column rotation_id uuid references rotations (id) on delete set null,
    add column slot text`,
  `create unique index shifts_once on shifts (rotation_id, slot) where rotation_id is not null`,
  `create index shifts_person_time on shifts (person_id, ends_at)`,
  `create table shift_overrides (
    id uuid primary key,
    area_id text not null references areas (id),
    person_id uuid not null references people (id) on delete cascade,
    substitute_id uuid not null references people (id) on delete cascade,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    created_by uuid not null references people (id),
    created_at timestamptz not null,
    check (ends_at > starts_at),
    check (person_id <> substitute_id)
  )`,
  `create index shift_overrides_person on shift_overrides (person_id, ends_at)`,
  `create index shift_overrides_substitute on shift_overrides (substitute_id, ends_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
