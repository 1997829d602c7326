import type { Transaction } from '@sc/platform/database';

/** All teams with the logins of their members, and where areas lie. */
export async function readTeams({ db }: Transaction) {
  const areas = await db.selectFrom('areas').select(['id', 'path']).execute();
  const rows = await db
    .selectFrom('teams')
    .select(['id', 'name', 'areaId', 'contractor', 'leadId', 'active'])
    .orderBy('id')
    .execute();
  const members = await db
    .selectFrom('teamMembers')
    .innerJoin('people', 'people.id', 'teamMembers.personId')
    .select(['teamId', 'people.id', 'login'])
    .execute();
  const byTeam = Map.groupBy(members, ({ teamId }) => teamId);
  return {
    areas: new Map(areas.map(({ id, path }) => [id, path])),
    teams: rows.map((team) => ({ ...team, members: byTeam.get(team.id) ?? [] })),
  };
}
