import { type Kysely, sql } from 'kysely';

/** Until when somebody of the staff has seen what residents said of a case. */
const statements = [
  `create table resident_reads (
    person_id uuid not null references people (id) on delete cascade,
    work_order_id uuid not null references work_orders (id) on delete cascade,
    seen_until timestamptz not null,
    primary key (person_id, work_order_id)
  )`,
  `create index resident_reads_order on resident_reads (work_order_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
