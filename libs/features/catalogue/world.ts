import { domains } from '@sc/domains';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { CatalogueWorld } from './check.js';

/** What entries may name. */
export async function worldOf({ db }: { db: Kysely<Database> }): Promise<CatalogueWorld> {
  const skills = await db.selectFrom('skills').select('slug').execute();
  const teams = await db.selectFrom('teams').select('id').where('active', '=', true).execute();
  const { rows: planned } = await sql<{ category: string }>`
    select category from round_plans where removed_at is null
    union select category from rounds where state in ('planned', 'started')`.execute(db);
  return {
    domains,
    skills: new Set(skills.map(({ slug }) => slug)),
    teams: new Set(teams.map(({ id }) => id)),
    planned: new Set(planned.map(({ category }) => category)),
  };
}
