import { type Kysely, sql } from 'kysely';

/** Working calendars, and how far the clock of an order's step is. */
const statements = [
  `create table calendars (
    area_id text primary key references areas (id),
    name text not null,
    time_zone text not null,
    week jsonb not null,
    exceptions jsonb not null,
    revision integer not null,
    updated_at timestamptz not null,
    updated_by uuid not null references people (id)
  )`,
  // 1: the holder was warned; 2: the supervisor was told that it is over.
  `alter table work_orders
    add column clock jsonb,
    add column deadline_told smallint not null default 0 check (deadline_told between 0 and 2)`,
  `create index work_orders_untold on work_orders (coalesce(warn_at, due_at)) where due_at is not null and deadline_told < 2`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
