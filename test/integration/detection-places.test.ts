import type { Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { AlarmReconciler, AlarmWriter } from '@sc/features/alarms';
import { DetectionEngine, type DetectionInput, RuleStore } from '@sc/features/detection';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

// Nothing here is timed: a busy machine is slow, not wrong.
const t0 = Date.UTC(2026, 5, 1);
const minute = 60_000;
const logger = createLogger('silent');
const [kitchen, hall, away] = ['c1/kitchen', 'c1/hall', 'c1/away'];
let test: TestDatabase;
let clock: FakeClock;
let unitOfWork: UnitOfWork;
let store: RuleStore;
let writer: AlarmWriter;
let timeSeries: InMemoryTimeSeries;

const smoke = (deviceId: string, atMin: number, value: number): DetectionInput & { kind: 'reading' } => {
  const ts = t0 + atMin * minute;
  return { kind: 'reading', deviceId, domain: 'fire', metric: 'smoke', ts, value, receivedAt: ts };
};
async function start() {
  const engine = new DetectionEngine(clock, logger, store);
  const reconciler = new AlarmReconciler(test.db, unitOfWork, writer);
  await engine.rebuild(timeSeries, test.db, await reconciler.standing());
  await reconciler.reconcile(engine);
  return engine;
}
async function ingest(engine: DetectionEngine, ...inputs: (DetectionInput & { kind: 'reading' })[]) {
  clock.set(Math.max(clock.now(), ...inputs.map(({ ts }) => ts)));
  const told = [...engine.evaluate(inputs), ...engine.tick(clock.now())];
  await unitOfWork.run((tx) => writer.apply(tx, told));
  engine.committed(told);
  await timeSeries.append(inputs);
}
const story = async (ruleId: string) =>
  (await test.db.selectFrom('alarms').selectAll().where('ruleId', '=', ruleId).orderBy('raisedAt').execute()).map(
    ({ deviceId, subject, conditionActive, occurrences }) =>
      `${deviceId} [${subject}] ${conditionActive ? 'holds' : 'over'} ×${occurrences}`,
  );
const addRule = (rule: Rule) =>
  test.db
    .insertInto('rules')
    .values({ id: rule.id, version: 1, domain: 'fire', enabled: true, definition: json(rule), updatedAt: new Date(t0) })
    .execute();

beforeAll(async () => {
  test = await createTestDatabase();
  clock = new FakeClock(t0);
  unitOfWork = new UnitOfWork(test.db, clock, systemIds);
  store = new RuleStore(test.db, clock, logger, unitOfWork);
  writer = new AlarmWriter(clock, systemIds, logger);
  timeSeries = new InMemoryTimeSeries();
  await seedAreas(test.db);
  await aDevice(test.db, { id: kitchen!, areaId: 'r1' });
  await aDevice(test.db, { id: hall!, areaId: 'r2' });
  await aDevice(test.db, { id: away!, areaId: 'b2' });
});
afterAll(() => test.drop());

it('a rule follows the labels of a device', async () => {
  const rule = domainByName('fire')!.rules.find(({ id }) => id === 'fire-smoke')!;
  const { suppressionGroup: _, ...plain } = rule;
  await addRule({ ...plain, id: 'fire-at-stoves', version: 1, appliesTo: { labels: ['stove'] } });
  await test.db
    .updateTable('devices')
    .set({ labels: ['stove'] })
    .where('id', '=', away!)
    .execute();
  const engine = await start();
  await ingest(engine, smoke(away!, 1, 30), smoke(kitchen!, 1, 0.1));
  expect(await story('fire-at-stoves')).toEqual(['c1/away [] holds ×1']);

  await test.db.updateTable('devices').set({ labels: [] }).where('id', '=', away!).execute();
  engine.deviceChanged(away!);
  await engine.refreshPlaces(test.db);
  await ingest(engine, smoke(away!, 2, 30));
  expect(await story('fire-at-stoves')).toEqual(['c1/away [] over ×1']);
  await ingest(engine, smoke(away!, 3, 0), smoke(away!, 5, 0));
});

it('two rooms of a building confirm a fire, as one alarm, over a kill; and its end is found after it', async () => {
  let engine = await start();
  await ingest(engine, smoke(kitchen!, 10, 30), smoke(away!, 10, 30));
  expect(await story('fire-confirmed')).toEqual([]);
  await ingest(engine, smoke(hall!, 11, 30));
  expect(await story('fire-confirmed')).toEqual(['c1/hall [b1] holds ×1']);

  // For two hours the smoke stays between the levels: readings alone do not tell that it still holds.
  for (let at = 30; at <= 150; at += 10) await ingest(engine, smoke(kitchen!, at, 3), smoke(hall!, at, 3));
  engine = await start();
  engine = await start();
  expect(await story('fire-confirmed')).toEqual(['c1/hall [b1] holds ×1']);
  await ingest(engine, smoke(kitchen!, 151, 0), smoke(hall!, 151, 3));
  await ingest(engine, smoke(kitchen!, 153, 0), smoke(hall!, 153, 3));
  expect(await story('fire-confirmed')).toEqual(['c1/hall [b1] over ×1']);
  expect(await story('fire-smoke')).toContain('c1/hall [] holds ×1');
});

it('the device it stands on is taken away: the alarm ends with it, and goes on at another if there are enough', async () => {
  const engine = await start();
  await ingest(engine, smoke(kitchen!, 160, 30));
  expect((await story('fire-confirmed')).at(-1)).toMatch(/^c1\/kitchen \[b1\] holds/);
  await test.db.updateTable('devices').set({ state: 'retired' }).where('id', '=', kitchen!).execute();
  engine.deviceChanged(kitchen!);
  await engine.refreshPlaces(test.db);
  engine.forget(kitchen!);
  await ingest(engine, smoke(hall!, 161, 30));
  expect((await story('fire-confirmed')).every((line) => line.includes('over'))).toBe(true);
});
