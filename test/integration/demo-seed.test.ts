import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFilePath, onShiftAt, seedDemo, type SeedDemoOptions } from '@sc/features/demo';
import { systemIds } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aPerson } from '../support/builders.js';

const dayMs = 86_400_000;

describe('demo seed', () => {
  let database: TestDatabase;
  let dataDir: string;
  let now: number;
  let options: SeedDemoOptions;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'sc-demo-'));
    now = Date.UTC(2026, 5, 1, 3);
    const clock = { now: () => now };
    options = {
      unitOfWork: new UnitOfWork(database.db, clock, systemIds),
      clock,
      ids: systemIds,
      dataDir,
      createPerson: ({ password, locale: _, ...person }) =>
        aPerson(database.db, { ...person, passwordHash: `hash of ${password}` }),
      resetPassword: (login, password) =>
        database.db
          .updateTable('people')
          .set({ passwordHash: `hash of ${password}` })
          .where('login', '=', login)
          .execute(),
    };
  });
  afterEach(async () => {
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  const everything = async () => ({
    areas: await database.db.selectFrom('areas').selectAll().orderBy('id').execute(),
    people: await database.db.selectFrom('people').selectAll().orderBy('login').execute(),
    devices: await database.db.selectFrom('devices').selectAll().orderBy('id').execute(),
    rotations: await database.db.selectFrom('rotations').selectAll().execute(),
    overrides: await database.db.selectFrom('shiftOverrides').selectAll().execute(),
    shifts: await database.db.selectFrom('shifts').selectAll().orderBy('startsAt').orderBy('areaId').execute(),
    audits: await database.db.selectFrom('auditTrail').selectAll().orderBy('sequence').execute(),
    events: await database.db.selectFrom('outbox').selectAll().orderBy('position').execute(),
  });

  it('changes nothing when it runs again at once', async () => {
    const first = await seedDemo(options);
    const before = await everything();
    const second = await seedDemo(options);
    expect(second).toEqual(first);
    expect(await everything()).toEqual(before);
    expect(before.people).toHaveLength(10);
    expect([before.rotations, before.overrides]).toEqual([[expect.anything()], [expect.anything()]]);
    expect(before.devices).toHaveLength(first.file.devices.length);
  });

  it('adds devices that joined the catalogue since its first start, with logins', async () => {
    const { file } = await seedDemo(options);
    const id = 'sunshine/lot-centre';
    await database.db.deleteFrom('devices').where('id', '=', id).execute();
    const older = { ...file, devices: file.devices.filter((device) => device.id !== id) };
    await writeFile(demoFilePath(dataDir), JSON.stringify(older));
    const again = await seedDemo(options);
    expect(new Set(again.file.devices)).toEqual(new Set(file.devices));
    expect((await everything()).devices.map((device) => device.id)).toContain(id);
    expect(JSON.parse(await readFile(demoFilePath(dataDir), 'utf8'))).toEqual(again.file);
  });

  it('keeps what people changed: a renamed area, a rotated secret, a moved device', async () => {
    await seedDemo(options);
    const rotated = Buffer.alloc(32, 7);
    await database.db
      .updateTable('devices')
      .set({ secretHash: rotated, areaId: 'sunshine-b9' })
      .where('id', '=', 'sunshine/smoke-b1-1f')
      .execute();
    await seedDemo(options);
    const device = await database.db
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', 'sunshine/smoke-b1-1f')
      .executeTakeFirstOrThrow();
    expect([device.areaId, device.secretHash]).toEqual(['sunshine-b9', rotated]);
  });

  it('has exactly one officer of each grid on shift at any moment, also after later starts', async () => {
    await seedDemo(options);
    now += 5 * dayMs + 1234;
    await seedDemo(options);
    for (let at = Date.UTC(2026, 5, 1, 3); at < now + 14 * dayMs; at += 3_599_000) {
      const rows = await database.db
        .selectFrom('shifts')
        .innerJoin('people', 'people.id', 'shifts.personId')
        .select(['shifts.areaId', 'people.login'])
        .where('startsAt', '<=', new Date(at))
        .where('endsAt', '>', new Date(at))
        .where('people.role', '=', 'officer')
        .execute();
      expect(Object.fromEntries(rows.map((r) => [r.areaId, r.login]))).toEqual(onShiftAt(at));
      expect(rows).toHaveLength(3);
    }
  });

  it('a rotation that people ended does not come back, and its grid is planned without it', async () => {
    await seedDemo(options);
    const { db } = database;
    await db.deleteFrom('shifts').where('rotationId', 'is not', null).execute();
    await db.deleteFrom('rotations').execute();
    await db.deleteFrom('shiftOverrides').execute();
    await seedDemo(options);
    const { rotations, overrides, shifts } = await everything();
    expect([rotations, overrides]).toEqual([[], []]);
    expect(shifts.filter(({ areaId }) => areaId === 'sunshine-grid-3').length).toBeGreaterThan(40);
  });

  it('completes what a crash left half done', async () => {
    let created = 0;
    const crash = {
      ...options,
      createPerson: (person: Parameters<SeedDemoOptions['createPerson']>[0]) => {
        created += 1;
        if (created > 4) throw new Error('killed');
        return options.createPerson(person);
      },
    };
    await expect(seedDemo(crash)).rejects.toThrow('killed');
    const { file } = await seedDemo(options);
    const { people } = await everything();
    expect(people).toHaveLength(10);
    for (const { login, passwordHash } of people)
      expect(passwordHash).toBe(`hash of ${file.people.find((p) => p.login === login)!.password}`);
  });

  it('makes new logins that work when the file was lost, and says so when it cannot', async () => {
    const first = await seedDemo(options);
    await rm(demoFilePath(dataDir));
    const { resetPassword: _, ...without } = options;
    await expect(seedDemo(without)).rejects.toThrow('demo.json is gone');
    const second = await seedDemo(options);
    expect(second.file.seed).not.toBe(first.file.seed);
    const { people, devices } = await everything();
    expect([people.length, devices.length]).toEqual([10, second.file.devices.length]);
    for (const { login, passwordHash } of people)
      expect(passwordHash).toBe(`hash of ${second.file.people.find((p) => p.login === login)!.password}`);
  });
});
