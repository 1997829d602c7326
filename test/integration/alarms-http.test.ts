import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { alarmDetailSchema, alarmSchema, domainSchema, type Person } from '@sc/contracts';
import { AlarmsHttpModule, AlarmsService, AlarmWriter } from '@sc/features/alarms';
import { DetectionEngine, DetectionHttpModule, DetectionModule } from '@sc/features/detection';
import { ClockModule } from '@sc/platform/clock';
import { DATABASE, DatabaseModule, UnitOfWork } from '@sc/platform/database';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import { AlarmsReadModel } from '../../libs/features/alarms/http/alarms-read-model.js';
import { RulesController } from '../../libs/features/detection/http/rules.controller.js';
import { aDevice, aPerson, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

// Nothing here is timed: a busy machine is slow, not wrong.
const t0 = Date.UTC(2026, 0, 1);
let test: TestDatabase;
let app: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>;
let readModel: AlarmsReadModel;
let person: Person;

beforeAll(async () => {
  test = await createTestDatabase();
  await seedAreas(test.db);
  @Module({
    imports: [
      ClockModule,
      LoggingModule.forRoot(createLogger('silent')),
      DatabaseModule.forRoot(test.url),
      DetectionModule,
      DetectionHttpModule,
      AlarmsHttpModule,
    ],
  })
  class TestModule {}
  app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  readModel = app.get(AlarmsReadModel, { strict: false });
  const id = await aPerson(test.db, { role: 'operator', areaId: 'c1', name: 'Wang' });
  person = { id, login: 'o', name: 'Wang', role: 'operator', areaId: 'c1', locale: 'en' };

  const changes: Parameters<AlarmWriter['apply']>[1][number][] = [];
  for (let n = 0; n < 25; n += 1) {
    const deviceId = await aDevice(test.db, { id: `c1/d-${n}`, areaId: n % 5 === 0 ? 'b2' : 'r1' });
    const ruleId = n % 3 === 0 ? 'fire-battery-low' : n % 3 === 1 ? 'fire-smoke' : 'fire-fault';
    // several at the same moment, so that only the id tells them apart
    changes.push({
      kind: 'raise' as const,
      deviceId,
      ruleId,
      subject: '',
      ruleVersion: 1,
      at: t0 + Math.floor(n / 4),
      cause: {},
    });
  }
  await app.get(UnitOfWork, { strict: false }).run((tx) => app.get(AlarmWriter, { strict: false }).apply(tx, changes));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

async function all(who: Person, state: 'open' | 'all', limit: number) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await readModel.list(who, { state, limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

it('lists each open alarm once, gravest first, then newest, whatever the page size', async () => {
  const whole = await all(person, 'open', 200);
  expect(whole).toHaveLength(25);
  for (const item of whole) alarmSchema.parse(item);
  const ranks = whole.map(({ severity }) => ['extreme', 'severe', 'moderate', 'minor'].indexOf(severity));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  for (const [index, item] of whole.entries()) {
    const next = whole[index + 1];
    if (next?.severity === item.severity) expect(item.raisedAt >= next.raisedAt).toBe(true);
  }
  for (const limit of [1, 3, 7])
    expect((await all(person, 'open', limit)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
});

it('lists the history newest first and shows only the area of the person', async () => {
  const history = await all(person, 'all', 4);
  expect(history.map(({ raisedAt }) => raisedAt)).toEqual(
    history
      .map(({ raisedAt }) => raisedAt)
      .toSorted()
      .toReversed(),
  );
  const grid = { ...person, areaId: 'g2' };
  expect((await all(grid, 'open', 50)).map(({ areaId }) => areaId)).toEqual(Array(5).fill('b2'));
  const [foreign] = (await all(person, 'open', 50)).filter(({ areaId }) => areaId === 'r1');
  await expect(readModel.detail(grid, foreign?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
});

it('filters by area and device, never beyond the area of the person', async () => {
  const query = { state: 'open', limit: 50 } as const;
  expect((await readModel.list(person, { ...query, areaId: 'g2' })).items).toHaveLength(5);
  expect((await readModel.list({ ...person, areaId: 'g1' }, { ...query, areaId: 'g2' })).items).toHaveLength(0);
  expect((await readModel.list(person, { ...query, deviceId: 'c1/d-1' })).items).toHaveLength(1);
});

it('refuses a cursor that is not its own', async () => {
  const bad = [[1], [1, 'x', 'y'], ["1' or 1=1", 2, 3], [1, '2026-01-01T00:00:00.000Z', 'no-uuid']];
  for (const key of bad) {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    await expect(readModel.list(person, { state: 'open', limit: 5, cursor })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  }
});

it('tells the story with names', async () => {
  const [first] = await all(person, 'open', 1);
  await app.get(AlarmsService, { strict: false }).acknowledge(person, first?.id ?? '', 'seen');
  const detail = alarmDetailSchema.parse(await readModel.detail(person, first?.id ?? ''));
  expect(detail).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Wang' });
  expect(detail.timeline).toMatchObject([
    { action: 'raise', actorKind: 'device' },
    { action: 'acknowledge', actorKind: 'person', actorName: 'Wang', note: 'seen' },
  ]);
});

it('gives out rules and domains as stored', async () => {
  const controller = app.get(RulesController, { strict: false });
  const db = app.get(DATABASE, { strict: false });
  expect(app.get(DetectionEngine, { strict: false }).activeConditions()).toEqual([]);
  await db.updateTable('rules').set({ enabled: false }).where('id', '=', 'fire-tamper').execute();
  const { items } = await controller.domains();
  for (const item of items) domainSchema.parse(item);
  expect(items[0]?.rules.find(({ id }) => id === 'fire-tamper')?.enabled).toBe(false);
  expect((await controller.list(person)).items.length).toBe(
    items.reduce((count, { rules }) => count + rules.length, 0),
  );
});
