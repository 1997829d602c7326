import { type Kysely, sql } from 'kysely';

/** Readings that somebody asked for as a file. Devices are named once and for all, so that rights can be checked again at every step. */
const statements = [
  `create table exports (
    id uuid primary key,
    person_id uuid not null references people (id),
    format text not null check (format in ('csv', 'parquet')),
    device_ids text[] not null,
    area_id text,
    metrics text[],
    from_at timestamptz not null,
    to_at timestamptz not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    progress double precision not null default 0,
    rows bigint not null default 0,
    bytes bigint not null default 0,
    error text,
    runner uuid,
    beat_at timestamptz,
    attempts integer not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz,
    expires_at timestamptz
  )`,
  `create index exports_person on exports (person_id, created_at desc)`,
  `create index exports_open on exports (created_at) where state in ('waiting', 'running')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
