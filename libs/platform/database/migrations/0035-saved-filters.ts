import { type Kysely, sql } from 'kysely';

/** Filters that people keep for their lists, and what the board of orders counts by. */
const statements = [
  `create table saved_filters (
    id uuid primary key,
    person_id uuid not null references people (id),
    page text not null,
    name text not null,
    query text not null,
    created_at timestamptz not null,
    unique (person_id, page, name)
  )`,
  // The board asks for what is open at each step while years of closed orders stand beside it.
  `create index work_orders_open on work_orders (state, due_at) where state not in ('closed', 'evaluated', 'voided')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
