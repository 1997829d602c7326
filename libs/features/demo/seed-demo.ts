import type { DemoFile, Locale, Role } from '@sc/contracts';
import { hashDeviceSecret } from '@sc/features/devices';
import type { Clock, Ids } from '@sc/platform/clock';
import { json, type Transaction, type UnitOfWork } from '@sc/platform/database';
import { areas, community, dutyGrids } from './catalogue/areas.js';
import { devices } from './catalogue/devices.js';
import { officersOf, operators, people } from './catalogue/people.js';
import { newDemoFile, readDemoFile, withNewDevices, writeDemoFile } from './demo-file.js';
import { seedDuty } from './seed-duty.js';
import { seedRounds } from './seed-rounds.js';
import { seedTeams } from './seed-teams.js';
import { dayMs, deskTurnMs, planShifts, shiftMs } from './shift-plan.js';

export interface SeedDemoOptions {
  unitOfWork: UnitOfWork;
  clock: Clock;
  ids: Ids;
  dataDir: string;
  /** `PeopleService.create` of features/identity. */
  createPerson(person: {
    login: string;
    password: string;
    name: string;
    role: Role;
    areaId: string;
    locale: Locale;
  }): Promise<unknown>;
  /** Needed only when the file of logins was lost while the people are still in the database. */
  resetPassword?(login: string, password: string): Promise<unknown>;
}

export interface SeededDemo {
  file: DemoFile;
  /** Login of the officer on shift now, by duty grid. */
  onShift: Record<string, string>;
}

const days = 14;

/**
 * Makes the demo community, or completes it: what exists stays as people left it, missing shifts of the next 14 days are
 * added. Safe to call at every start and after a crash at any point. Call it before the services start.
 * @throws Error when the file of logins is lost and `resetPassword` is not given
 */
export async function seedDemo(options: SeedDemoOptions): Promise<SeededDemo> {
  const { unitOfWork, dataDir, clock } = options;
  const kept = await readDemoFile(dataDir);
  // The file is written last: as long as it is missing, everything in the database is brought to the new logins.
  const file = kept ? withNewDevices(kept) : newDemoFile();
  await unitOfWork.run(async (transaction) => {
    await seedAreas(transaction, clock);
    await seedDevices(transaction, clock, file, !kept);
  });
  await seedPeople(options, file, !kept);
  await unitOfWork.run(async (transaction) => {
    const rotates = await seedDuty(transaction, options);
    await seedShifts(transaction, options, rotates);
  });
  await unitOfWork.run((transaction) => seedTeams(transaction, options));
  await unitOfWork.run((transaction) => seedRounds(transaction, clock, options.ids));
  if (file !== kept) await writeDemoFile(dataDir, file);
  return { file, onShift: onShiftAt(clock.now()) };
}

/** Who the plan of a new demo has on shift at that moment, by duty grid; what people change since is not in it. */
export function onShiftAt(now: number): Record<string, string> {
  return Object.fromEntries(
    dutyGrids.map((area, i) => [area, planShifts(area, officersOf(i), now, 1, i === 2 ? dayMs : shiftMs)[0]!.login]),
  );
}

async function seedAreas({ db, audit }: Transaction, clock: Clock): Promise<void> {
  const paths = new Map<string, string[]>();
  const createdAt = new Date(clock.now());
  const rows = areas.map((area) => {
    const path = [...(area.parentId === null ? [] : paths.get(area.parentId)!), area.id];
    paths.set(area.id, path);
    return { ...area, path, name: json(area.name), shape: area.shape ? json(area.shape) : null, createdAt };
  });
  const added = await db
    .insertInto('areas')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  if (added.length) audit({ ...seeding, action: 'demo.areas-added', change: { areas: added.map(({ id }) => id) } });
}

async function seedDevices(
  { db, audit, emit }: Transaction,
  clock: Clock,
  file: DemoFile,
  rewrite: boolean,
): Promise<void> {
  const createdAt = new Date(clock.now());
  const secrets = new Map(file.devices.map(({ id, secret }) => [id, secret]));
  const known = new Set((await db.selectFrom('devices').select('id').execute()).map(({ id }) => id));
  const added: string[] = [];
  for (const device of devices) {
    const id = `${community}/${device.device}`;
    const secret = secrets.get(id);
    if (secret === undefined) continue;
    const hashes = hashDeviceSecret(secret);
    if (known.has(id)) {
      // A secret that a person rotated stays: only a lost file makes ours count again.
      const update = db.updateTable('devices').set(hashes).where('id', '=', id);
      if (rewrite) await update.execute();
      // a demo of before knows its secrets, and with them the hash that an external broker wants
      else await update.where('secretHash', '=', hashes.secretHash).where('mosquittoHash', 'is', null).execute();
      continue;
    }
    await db
      .insertInto('devices')
      .values({
        id,
        domain: device.domain,
        name: device.name,
        areaId: device.areaId,
        longitude: device.position?.[0] ?? null,
        latitude: device.position?.[1] ?? null,
        placement: device.placement,
        ...hashes,
        state: 'registered',
        createdAt,
      })
      .execute();
    emit({
      type: 'device.changed.v1',
      payload: { deviceId: id, change: 'registered' },
      areaId: device.areaId,
      subjectId: id,
    });
    added.push(id);
  }
  if (added.length) audit({ ...seeding, action: 'demo.devices-added', change: { devices: added } });
}

async function seedPeople(options: SeedDemoOptions, file: DemoFile, rewrite: boolean): Promise<void> {
  const known = await options.unitOfWork.run(({ db }) => db.selectFrom('people').select('login').execute());
  const logins = new Set(known.map(({ login }) => login));
  for (const person of people) {
    const password = file.people.find(({ login }) => login === person.login)?.password;
    if (password === undefined) continue;
    if (!logins.has(person.login)) await options.createPerson({ ...person, password });
    else if (rewrite && options.resetPassword) await options.resetPassword(person.login, password);
    else if (rewrite)
      throw new Error(
        'the demo community is there, but its secrets/demo.json is gone: restore the file, or start with an empty DATA_DIR',
      );
  }
}

async function seedShifts(
  { db }: Transaction,
  { clock, ids }: SeedDemoOptions,
  thirdGridRotates: boolean,
): Promise<void> {
  const grids = thirdGridRotates ? dutyGrids.slice(0, 2) : dutyGrids;
  const plan = [
    ...grids.flatMap((area, i) => planShifts(area, officersOf(i), clock.now(), days)),
    ...planShifts(community, operators, clock.now(), days, deskTurnMs),
  ];
  const planned = await db
    .selectFrom('people')
    .select(['id', 'login'])
    .where('role', 'in', ['officer', 'operator'])
    .execute();
  const idOf = new Map(planned.map(({ id, login }) => [login, id]));
  const first = new Date(Math.min(...plan.map(({ startsAt }) => startsAt)));
  const there = await db.selectFrom('shifts').select(['personId', 'startsAt']).where('startsAt', '>=', first).execute();
  const taken = new Set(there.map(({ personId, startsAt }) => `${personId}@${startsAt.getTime()}`));
  const missing = plan.flatMap(({ login, areaId, startsAt, endsAt }) => {
    const personId = idOf.get(login);
    if (!personId || taken.has(`${personId}@${startsAt}`)) return [];
    return [{ id: ids.next(), personId, areaId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }];
  });
  if (missing.length) await db.insertInto('shifts').values(missing).execute();
}

const seeding = {
  actor: { kind: 'system', id: 'demo-seed' },
  subjectType: 'community',
  subjectId: community,
} as const;
