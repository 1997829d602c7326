import type { Condition, Rule } from '@sc/contracts';
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
const t0 = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;
const logger = createLogger('silent');
const deviceId = 'c1/smoke-1';
let test: TestDatabase;
let clock: FakeClock;
let unitOfWork: UnitOfWork;
let store: RuleStore;
let writer: AlarmWriter;
let timeSeries: InMemoryTimeSeries;

const at = (minutes: number) => ({ ts: t0 + minutes * minute, receivedAt: t0 + minutes * minute });
const reading = (minutes: number, metric: string, value: number | boolean): DetectionInput & { kind: 'reading' } => ({
  kind: 'reading',
  deviceId,
  domain: 'fire',
  metric,
  value,
  ...at(minutes),
});
const event = (
  minutes: number,
  type: string,
  data: Record<string, unknown> = {},
): DetectionInput & { kind: 'event' } => ({
  kind: 'event',
  deviceId,
  domain: 'fire',
  type,
  eventKey: `${type}-${minutes}-${String(data['id'] ?? '')}`,
  data,
  ...at(minutes),
});
const put = async (condition: Condition, more: Partial<Rule> = {}) => {
  const [like] = domainByName('fire')?.rules ?? [];
  if (!like) throw new Error('no rule to imitate');
  const rule: Rule = { ...like, id: 'test', version: 1, condition, ...more };
  await test.db
    .insertInto('rules')
    .values({ id: rule.id, version: 1, domain: 'fire', enabled: true, definition: json(rule), updatedAt: new Date(0) })
    .execute();
};
const engineOf = async () => {
  const engine = new DetectionEngine(clock, logger, store, { TIME_ZONE: 'Asia/Shanghai' });
  await engine.rebuild(timeSeries, test.db);
  return engine;
};
const restart = async (minutes: number) => {
  clock.set(t0 + minutes * minute);
  const engine = await engineOf();
  await new AlarmReconciler(test.db, unitOfWork, writer).reconcile(engine);
  return engine;
};
async function ingest(engine: DetectionEngine, ...inputs: DetectionInput[]) {
  const transitions = engine.evaluate(inputs);
  const events = inputs.filter((input) => input.kind === 'event');
  await unitOfWork.run(async (tx) => {
    await writer.apply(tx, transitions);
    for (const { deviceId: id, eventKey, type, ts, receivedAt, data } of events)
      await tx.db
        .insertInto('deviceEvents')
        .values({ deviceId: id, eventKey, type, ts: new Date(ts), receivedAt: new Date(receivedAt), data: json(data) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  });
  engine.committed(transitions);
  await timeSeries.append(inputs.filter((input) => input.kind === 'reading'));
}
const tick = async (engine: DetectionEngine, minutes: number) => {
  clock.set(t0 + minutes * minute);
  const transitions = engine.tick(clock.now());
  await unitOfWork.run((tx) => writer.apply(tx, transitions));
  engine.committed(transitions);
};
/** As our clock does it: a longer step would be a stall. */
const pass = async (engine: DetectionEngine, from: number, to: number) => {
  for (let now = from; now <= to; now += 1) await tick(engine, now);
};
const story = async () =>
  (
    await test.db
      .selectFrom('alarms')
      .selectAll()
      .where('ruleId', '=', 'test')
      .orderBy('raisedAt')
      .orderBy('subject')
      .execute()
  ).map(({ subject, severity, conditionActive, occurrences, raisedAt, clearedAt }) => {
    const cleared = clearedAt ? (clearedAt.getTime() - t0) / minute : '';
    const holds = conditionActive ? 'holds' : `over ${cleared}`;
    return `${subject} ${severity} ${(raisedAt.getTime() - t0) / minute} ${holds} ×${occurrences}`.trim();
  });

const review: Condition = {
  kind: 'event',
  raiseOn: ['review'],
  clearOn: ['review.end'],
  match: [{ field: 'labels', anyOf: ['person'] }],
  subject: 'id',
  quietMs: 10 * minute,
  levels: {
    field: 'level',
    of: {
      detection: { severity: 'minor', workOrder: false },
      alert: { severity: 'severe', workOrder: true },
    },
  },
};
const seen = (minutes: number, id: string, level = 'detection', labels = ['person']) =>
  event(minutes, 'review', { id, level, labels });

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new FakeClock(t0);
  unitOfWork = new UnitOfWork(test.db, clock, systemIds);
  store = new RuleStore(test.db, clock, logger, unitOfWork);
  writer = new AlarmWriter(clock, systemIds, logger);
  timeSeries = new InMemoryTimeSeries();
  await seedAreas(test.db);
  await aDevice(test.db);
});
afterEach(() => test.drop());

describe('reviews of a camera', () => {
  beforeEach(() => put(review));

  it('are one alarm each, which rises, and each its own after a restart', async () => {
    await ingest(await engineOf(), seen(1, 'a'), seen(2, 'b'), seen(3, 'x', 'alert', ['dog']));
    await ingest(await restart(4), seen(5, 'a', 'alert'), seen(6, 'a'));
    const engine = await restart(7);
    expect(await story()).toEqual(['a severe 1 holds ×1', 'b minor 2 holds ×1']);
    const steps = await test.db.selectFrom('alarmSteps').select('action').orderBy('recordedAt').orderBy('id').execute();
    expect(steps.map(({ action }) => action).filter((action) => action === 'escalate-severity')).toHaveLength(1);
    await ingest(engine, event(8, 'review.end', { id: 'a' }), seen(9, 'c'));
    expect(await story()).toEqual(['a severe 1 over 8 ×1', 'b minor 2 holds ×1', 'c minor 9 holds ×1']);
    // the same events again change nothing
    await ingest(await restart(10), seen(1, 'a'), seen(5, 'a', 'alert'), seen(2, 'b'));
    expect(await story()).toEqual(['a severe 1 over 8 ×1', 'b minor 2 holds ×1', 'c minor 9 holds ×1']);
  });

  it('have to be seen again when they rise after somebody has seen them', async () => {
    const engine = await engineOf();
    await ingest(engine, seen(1, 'a'));
    await test.db.updateTable('alarms').set({ state: 'acknowledged' }).execute();
    await ingest(engine, seen(2, 'a', 'alert'));
    expect(await test.db.selectFrom('alarms').select(['state', 'severity', 'workOrder']).execute()).toEqual([
      { state: 'unacknowledged', severity: 'severe', workOrder: true },
    ]);
    const changed = await test.db.selectFrom('outbox').selectAll().where('type', '=', 'alarm.changed.v1').execute();
    expect(changed.map(({ payload }) => payload)).toMatchObject([{ action: 'escalate-severity', severity: 'severe' }]);
  });

  it('are over when it is quiet, and not early because we were away', async () => {
    const engine = await engineOf();
    await ingest(engine, seen(0, 'a'));
    await pass(engine, 1, 10);
    expect(await story()).toEqual(['a minor 0 holds ×1']);
    const anew = await restart(30);
    await pass(anew, 31, 40);
    expect(await story()).toEqual(['a minor 0 holds ×1']);
    await tick(anew, 41);
    expect(await story()).toEqual(['a minor 0 over 10 ×1']);
    // what was over stays over, though nothing later is stored that would prove it
    await restart(42);
    expect(await story()).toEqual(['a minor 0 over 10 ×1']);
  });

  it('do not end early in a stall of ours', async () => {
    const engine = await engineOf();
    await ingest(engine, seen(0, 'a'));
    await tick(engine, 1);
    await tick(engine, 120);
    await ingest(engine, reading(120, 'smoke', 0));
    expect(await story()).toEqual(['a minor 0 holds ×1']);
    await pass(engine, 121, 131);
    expect(await story()).toEqual(['a minor 0 over 10 ×1']);
  });

  it('that are too many end with a cause, and none is lost', async () => {
    const engine = await engineOf();
    for (let n = 0; n < 40; n += 1) await ingest(engine, seen(n / 10, `r${String(n).padStart(2, '0')}`));
    const alarms = await test.db.selectFrom('alarms').selectAll().where('ruleId', '=', 'test').execute();
    expect(alarms).toHaveLength(40);
    expect(alarms.filter(({ conditionActive }) => conditionActive)).toHaveLength(32);
    const ends = await test.db.selectFrom('alarmSteps').selectAll().where('action', '=', 'clear').execute();
    expect(ends.map(({ data }) => data['kind'])).toEqual(Array.from({ length: 8 }, () => 'overflow'));
  });
});

describe('a door held open', () => {
  beforeEach(() =>
    put({
      kind: 'held',
      metric: 'doorOpen',
      value: true,
      beginOn: ['door.opened'],
      endOn: ['door.closed'],
      forMs: 5 * minute,
    }),
  );

  it('is noticed though nothing more is heard, and ends when it is shut, over restarts', async () => {
    const engine = await engineOf();
    await ingest(engine, event(0, 'door.opened'));
    await pass(engine, 1, 4);
    expect(await story()).toEqual([]);
    await tick(engine, 5);
    expect(await story()).toEqual(['extreme 5 holds ×1']);
    const anew = await restart(3 * 24 * 60);
    expect(await story()).toEqual(['extreme 5 holds ×1']);
    await ingest(anew, reading(3 * 24 * 60 + 1, 'doorOpen', false));
    expect(await story()).toEqual([`extreme 5 over ${3 * 24 * 60 + 1} ×1`]);
  });

  it('is raised after a crash by the next thing the device says', async () => {
    await ingest(await engineOf(), event(0, 'door.opened'));
    await ingest(await restart(20), reading(20, 'battery', 90));
    expect(await story()).toEqual(['extreme 5 holds ×1']);
  });
});

it('a lot that is nearly full is judged by its own capacity, known from before a restart', async () => {
  await put({
    kind: 'threshold',
    metric: 'occupied',
    of: 'capacity',
    direction: 'above',
    raiseAt: 0.95,
    clearAt: 0.9,
    onDelayMs: 0,
    offDelayMs: 0,
    maxGapMs: minute,
  });
  await ingest(await engineOf(), reading(0, 'occupied', 190), reading(1, 'capacity', 200), reading(2, 'occupied', 189));
  expect(await story()).toEqual([]);
  await ingest(await restart(3 * 24 * 60), reading(3 * 24 * 60, 'occupied', 190));
  expect(await story()).toEqual([`extreme ${3 * 24 * 60} holds ×1`]);
});

it('hours are those of the site: what holds when they begin is raised then, over a restart', async () => {
  // 12:00 UTC is 20:00 in Shanghai
  await put({ kind: 'event', raiseOn: ['on'], clearOn: ['off'] }, { activeHours: { from: '20:30', to: '21:00' } });
  await ingest(await engineOf(), event(10, 'on'));
  const engine = await restart(20);
  expect(await story()).toEqual([]);
  await pass(engine, 21, 30);
  expect(await story()).toEqual(['extreme 30 holds ×1']);
  const anew = await restart(90);
  expect(await story()).toEqual(['extreme 30 holds ×1']);
  await ingest(anew, event(91, 'off'), event(92, 'on'));
  expect(await story()).toEqual(['extreme 30 over 91 ×1']);
});

describe('a newer default rule', () => {
  const outdate = async (id: string, enabled = true) => {
    const { definition } = await test.db.selectFrom('rules').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const old = json({ ...definition, version: 0, enabled });
    const row = { version: 0, defaultVersion: 0, enabled, definition: old };
    await test.db.updateTable('rules').set(row).where('id', '=', id).execute();
  };
  const versions = async () =>
    Object.fromEntries(
      (await test.db.selectFrom('rules').select(['id', 'version']).execute()).map((r) => [r.id, r.version]),
    );

  it('replaces one that nobody touched, once and with a record; not one that a person changed', async () => {
    await store.seedDefaults();
    for (const id of ['fire-smoke', 'fire-heat', 'fire-sos']) await outdate(id);
    await test.db.updateTable('rules').set({ enabled: false }).where('id', '=', 'fire-heat').execute();
    await test.db.updateTable('rules').set({ changed: true }).where('id', '=', 'fire-sos').execute();
    await Promise.all([store.seedDefaults(), store.seedDefaults()]);
    expect(await versions()).toMatchObject({ 'fire-heat': 0, 'fire-sos': 0 });
    expect((await versions())['fire-smoke']).toBeGreaterThan(0);
    const records = await test.db.selectFrom('auditTrail').selectAll().where('action', '=', 'rule.replaced').execute();
    expect(records.map(({ subjectId, change }) => [subjectId, change['from']])).toEqual([['fire-smoke', 0]]);
  });
});
