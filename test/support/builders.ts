import { createHash, randomUUID } from 'node:crypto';
import type { Role } from '@sc/contracts';
import { json, type Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

const at = new Date('2026-01-01T00:00:00Z');

/** A small community: district → street → community → two duty grids → a building each. Ids are fixed: tests name them. */
export async function seedAreas(db: Kysely<Database>): Promise<void> {
  const areas: [string, Database['areas']['kind'], string | null][] = [
    ['d1', 'district', null],
    ['s1', 'street', 'd1'],
    ['c1', 'community', 's1'],
    ['g1', 'duty-grid', 'c1'],
    ['g2', 'duty-grid', 'c1'],
    ['b1', 'building', 'g1'],
    ['b2', 'building', 'g2'],
    ['r1', 'room', 'b1'],
    ['r2', 'room', 'b1'],
  ];
  const paths = new Map<string, string[]>();
  for (const [id, kind, parentId] of areas) {
    const path = [...(parentId ? (paths.get(parentId) ?? []) : []), id];
    paths.set(id, path);
    await db
      .insertInto('areas')
      .values({
        id,
        kind,
        parentId,
        path,
        name: json({ 'zh-CN': `区域 ${id}`, en: `Area ${id}` }),
        shape: null,
        createdAt: at,
      })
      .execute();
  }
}

/** A registered device; its secret is `secret-<id>`. */
export async function aDevice(
  db: Kysely<Database>,
  overrides: Partial<{ id: string; domain: string; areaId: string; name: string }> = {},
): Promise<string> {
  const id = overrides.id ?? 'c1/smoke-1';
  await db
    .insertInto('devices')
    .values({
      id,
      domain: overrides.domain ?? 'fire',
      name: overrides.name ?? id,
      areaId: overrides.areaId ?? 'r1',
      secretHash: createHash('sha256').update(`secret-${id}`).digest(),
      state: 'registered',
      createdAt: at,
    })
    .execute();
  return id;
}

/** A person who cannot log in (no usable hash); give `passwordHash` when the test logs in. */
export async function aPerson(
  db: Kysely<Database>,
  overrides: Partial<{
    id: string;
    login: string;
    role: Role;
    areaId: string;
    name: string;
    passwordHash: string;
  }> = {},
): Promise<string> {
  const id = overrides.id ?? randomUUID();
  await db
    .insertInto('people')
    .values({
      id,
      login: overrides.login ?? `person-${id}`,
      passwordHash: overrides.passwordHash ?? '!',
      name: overrides.name ?? `Person ${id.slice(-4)}`,
      role: overrides.role ?? 'officer',
      areaId: overrides.areaId ?? 'g1',
      locale: 'zh-CN',
      createdAt: at,
    })
    .execute();
  return id;
}

/** On shift in an area from `startsAt` to `endsAt` (default: 2000 to 2100). */
export async function aShift(
  db: Kysely<Database>,
  personId: string,
  areaId = 'g1',
  startsAt = new Date('2000-01-01'),
  endsAt = new Date('2100-01-01'),
): Promise<void> {
  await db.insertInto('shifts').values({ id: randomUUID(), personId, areaId, startsAt, endsAt }).execute();
}
