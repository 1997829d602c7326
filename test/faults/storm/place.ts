import { randomUUID } from 'node:crypto';
import { hours, type Person } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { json, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

const communities = 10;
const gridsEach = 5;
/** Called to each danger: the officers of one community. */
export const calledToDanger = gridsEach;

/** What becomes of an incident while the storm goes on; which one says its number. */
type Fate = 'left' | 'accepted' | 'finished' | 'over' | 'flapping';
const fates: readonly Fate[] = [
  'left',
  'left',
  'accepted',
  'finished',
  'flapping',
  'over',
  'left',
  'left',
  'left',
  'left',
];
export const fateOf = (n: number): Fate => fates[n % fates.length]!;

/** Every other one is about danger to life: everyone on shift is called. */
export const isDanger = (n: number): boolean => n % 2 === 0;
export const ruleOf = (n: number): string => (isDanger(n) ? 'fire-smoke-alarm' : 'fire-tamper');

export const deviceOf = (n: number): string => `storm/d${n}`;
export const numberOf = (deviceId: string): number => Number(deviceId.slice('storm/d'.length));

export interface Place {
  incidents: number;
  people: Person[];
}

/** As many buildings as incidents, a device in each; an officer on shift in each duty grid, a manager over each community. */
export async function buildPlace(db: Kysely<Database>, incidents: number): Promise<Place> {
  await sql`insert into areas (id, kind, parent_id, path, name, created_at)
    values ('d', 'district', null, array['d'], '{}', now()), ('s', 'street', 'd', array['d', 's'], '{}', now())`.execute(
    db,
  );
  await sql`insert into areas (id, kind, parent_id, path, name, created_at)
    select 'c' || c, 'community', 's', array['d', 's', 'c' || c], '{}', now()
    from generate_series(0, ${communities - 1}::int) c`.execute(db);
  await sql`insert into areas (id, kind, parent_id, path, name, created_at)
    select 'g' || g, 'duty-grid', 'c' || g / ${gridsEach}::int, array['d', 's', 'c' || g / ${gridsEach}::int, 'g' || g], '{}', now()
    from generate_series(0, ${communities * gridsEach - 1}::int) g`.execute(db);
  await sql`insert into areas (id, kind, parent_id, path, name, created_at)
    select 'b' || b, 'building', grid.id, grid.path || ('b' || b), '{}', now()
    from generate_series(0, ${incidents - 1}::int) b
    join areas grid on grid.id = 'g' || b % ${communities * gridsEach}::int`.execute(db);
  await sql`insert into devices (id, domain, name, area_id, secret_hash, state, created_at)
    select 'storm/d' || b, 'fire', 'd' || b, 'b' || b, 'x', 'registered', now()
    from generate_series(0, ${incidents - 1}::int) b`.execute(db);
  const definitions = domainByName('fire')!.rules.filter(({ id }) => [ruleOf(0), ruleOf(1)].includes(id));
  const stored = { version: 1, domain: 'fire', enabled: true, updatedAt: new Date(0) };
  await db
    .insertInto('rules')
    .values(definitions.map((rule) => ({ ...stored, id: rule.id, definition: json(rule) })))
    .execute();
  // Escalations come one by one: on a slow machine they would come faster than they are done, and what is judged is "never", not "slowly".
  await sql`update catalogue_entries set changed = true, asked = jsonb_set(asked, '{limits,accept}', ${json(hours(8))}::jsonb)
    where code in ('fire-emergency', 'fire-device-maintenance')`.execute(db);
  return { incidents, people: await staff(db) };
}

async function staff(db: Kysely<Database>): Promise<Person[]> {
  const one = (role: Person['role'], areaId: string): Person => {
    const id = randomUUID();
    return { id, login: `p-${id}`, name: `${role} ${areaId}`, role, areaId, locale: 'zh-CN' };
  };
  const people = [
    one('operator', 'd'),
    ...Array.from({ length: communities }, (_, c) => one('manager', `c${c}`)),
    ...Array.from({ length: communities * gridsEach }, (_, g) => one('officer', `g${g}`)),
  ];
  const createdAt = new Date();
  await db
    .insertInto('people')
    .values(people.map((person) => ({ ...person, passwordHash: '!', createdAt })))
    .execute();
  const officers = people.filter(({ role }) => role === 'officer');
  const [startsAt, endsAt] = [new Date('2000-01-01'), new Date('2100-01-01')];
  await db
    .insertInto('shifts')
    .values(officers.map(({ id, areaId }) => ({ id: randomUUID(), personId: id, areaId, startsAt, endsAt })))
    .execute();
  return people;
}
