import { type Kysely, sql } from 'kysely';

/** Cases that no alarm began, the clock of each step, what the kind of work asks for as it was when the order was registered. */
const statements = [
  `alter table work_orders
    add column source text not null default 'alarm' check (source in ('alarm', 'person', 'round', 'resident')),
    add column finder_id uuid references people (id),
    add column description text,
    add column limits jsonb,
    add column skills text[] not null default '{}',
    add column team_id uuid,
    add column checklist jsonb not null default '[]',
    add column proof text not null default 'none' check (proof in ('none', 'photo', 'before-and-after')),
    add column suspended_from text,
    add column resume_at timestamptz,
    add column step_started_at timestamptz,
    add column warn_at timestamptz,
    add column due_at timestamptz,
    add column score smallint check (score between 1 and 5),
    add column evaluated_at timestamptz,
    alter column incident_id drop not null`,
  `update work_orders set proof = 'photo' where photo_required`,
  `create index work_orders_due on work_orders (due_at) where due_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
