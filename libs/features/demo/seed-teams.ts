import type { Text } from '@sc/contracts';
import type { Clock, Ids } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { community } from './catalogue/areas.js';

const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

const skills: [slug: string, title: Text][] = [
  ['electrician', text('电工', 'Electrician')],
  ['fire-equipment', text('消防设施操作', 'Fire equipment')],
  ['lift', text('电梯', 'Lifts')],
];
const skillsOf: [login: string, slug: string][] = [
  ['officer1', 'fire-equipment'],
  ['officer3', 'electrician'],
  ['officer5', 'lift'],
];
const teams = [
  { name: text('应急维修班', 'Repair team'), contractor: false, logins: ['officer3', 'officer4'] },
  { name: text('安达电梯（外包）', 'Anda Lifts (contractor)'), contractor: true, logins: ['officer5'] },
];

/** Skills and teams, once: a site that has any of its own is left as it is. */
export async function seedTeams({ db }: Transaction, { clock, ids }: { clock: Clock; ids: Ids }): Promise<void> {
  const there = await db
    .selectFrom('skills')
    .select('slug')
    .union(db.selectFrom('teams').select('areaId as slug'))
    .execute();
  if (there.length) return;
  const createdAt = new Date(clock.now());
  const people = await db.selectFrom('people').select(['id', 'login']).execute();
  const idOf = new Map(people.map(({ id, login }) => [login, id]));
  const rows = skills.map(([slug, title]) => ({ slug, title: json(title), createdAt }));
  await db.insertInto('skills').values(rows).execute();
  const known = skillsOf.flatMap(([login, skill]) => {
    const personId = idOf.get(login);
    return personId ? [{ personId, skill }] : [];
  });
  if (known.length) await db.insertInto('personSkills').values(known).execute();
  for (const { name, contractor, logins } of teams) {
    const members = logins.flatMap((login) => idOf.get(login) ?? []);
    const id = ids.next();
    const facts = { id, name: json(name), areaId: community, contractor, leadId: members[0] ?? null, createdAt };
    await db.insertInto('teams').values(facts).execute();
    if (members.length)
      await db
        .insertInto('teamMembers')
        .values(members.map((personId) => ({ teamId: id, personId })))
        .execute();
  }
}
