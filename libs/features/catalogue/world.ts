import { domains } from '@sc/domains';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { CatalogueWorld } from './check.js';

/** What entries may name. */
export async function worldOf({ db }: { db: Kysely<Database> }): Promise<CatalogueWorld> {
  const skills = await db.selectFrom('skills').select('slug').execute();
  const teams = await db.selectFrom('teams').select('id').where('active', '=', true).execute();
  return {
    domains,
    skills: new Set(skills.map(({ slug }) => slug)),
    teams: new Set(teams.map(({ id }) => id)),
  };
}
