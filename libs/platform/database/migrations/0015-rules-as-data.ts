import { type Kysely, sql } from 'kysely';

/** Every version of a rule that was ever in force; what is the program's own; what is wrong with it. */
const statements = [
  // the default of the program that it is or was made of; null: nobody's but people's
  `alter table rules add column default_version integer`,
  // a person changed it: a newer default is offered, not taken
  `alter table rules add column changed boolean not null default false`,
  // it throws, floods or costs too much
  `alter table rules add column trouble jsonb`,
  `create table rule_versions (
    rule_id text not null,
    version integer not null,
    definition jsonb not null,
    changed_by_kind text not null,
    changed_by text not null,
    at timestamptz not null,
    note text,
    primary key (rule_id, version)
  )`,
  `insert into rule_versions (rule_id, version, definition, changed_by_kind, changed_by, at)
    select id, version,
      definition || jsonb_build_object('id', id, 'version', version, 'domain', domain, 'enabled', enabled),
      'system', 'detection', updated_at
    from rules`,
  `update rules set
    default_version = (definition ->> 'version')::integer,
    changed = version::text is distinct from definition ->> 'version'
      or enabled::text is distinct from definition ->> 'enabled'
      or exists (select 1 from audit_trail a where a.subject_type = 'rule' and a.subject_id = rules.id and a.actor_kind = 'person')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
