import { type Kysely, sql } from 'kysely';

/** Kinds of work as a tree; which of them alarms ask for; who proposed and who admitted them. */
const statements = [
  `create table catalogue_entries (
    code text primary key,
    parent text references catalogue_entries (code) deferrable initially deferred,
    -- null: everywhere
    area_id text references areas (id),
    title jsonb not null,
    -- null: a branch
    asked jsonb,
    domain text,
    severities text[] not null default '{}',
    state text not null check (state in ('proposed', 'active', 'refused', 'retired')),
    version integer not null,
    -- fingerprint of the default of the program that it is or was made of; null: made by people
    default_hash text,
    -- a person changed it: another default is offered, not taken
    changed boolean not null default false,
    proposed_by uuid references people (id),
    proposed_at timestamptz,
    reason text,
    decided_by uuid references people (id),
    decided_at timestamptz,
    decision_note text,
    updated_at timestamptz not null
  )`,
  // Counts changes: who keeps a copy looks at one row. Who changes the catalogue holds it.
  `create table catalogue_revision (only_row boolean primary key default true check (only_row), revision bigint not null)`,
  `insert into catalogue_revision (revision) values (0)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
