import { AlarmReconciler, AlarmWriter } from '@sc/features/alarms';
import { DetectionEngine, type DetectionInput, RuleStore } from '@sc/features/detection';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import fc from 'fast-check';
import { MemoryKeeper } from '../../libs/features/detection/memory/memory-keeper.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

// Nothing here is timed: a busy machine is slow, not wrong.
const t0 = Date.UTC(2026, 5, 1);
const minute = 60_000;
const logger = createLogger('silent');
const device = 'c1/smoke-1';
let test: TestDatabase;
let clock: FakeClock;
let unitOfWork: UnitOfWork;
let store: RuleStore;
let writer: AlarmWriter;
let timeSeries: InMemoryTimeSeries;

const reading = (ts: number, value: number, metric = 'smoke'): DetectionInput & { kind: 'reading' } => ({
  kind: 'reading',
  deviceId: device,
  domain: 'fire',
  metric,
  ts: t0 + ts,
  value,
  receivedAt: t0 + ts,
});
const event = (ts: number, type: string): DetectionInput & { kind: 'event' } => ({
  kind: 'event',
  deviceId: device,
  domain: 'fire',
  type,
  ts: t0 + ts,
  eventKey: `${type}-${ts}`,
  data: {},
  receivedAt: t0 + ts,
});

const engineOf = async () => {
  const engine = new DetectionEngine(clock, logger, store);
  await engine.rebuild(timeSeries, test.db, await new AlarmReconciler(test.db, unitOfWork, writer).standing());
  return engine;
};
/** What ingest does, up to the step at which it is killed. */
async function ingest(engine: DetectionEngine, inputs: DetectionInput[], killedAfter?: 'detect' | 'alarms') {
  const transitions = engine.evaluate(inputs);
  if (killedAfter === 'detect') return transitions;
  await unitOfWork.run(async (tx) => {
    await writer.apply(tx, transitions);
    for (const input of inputs)
      if (input.kind === 'event')
        await tx.db
          .insertInto('deviceEvents')
          .values({
            deviceId: input.deviceId,
            eventKey: input.eventKey,
            type: input.type,
            ts: new Date(input.ts),
            receivedAt: new Date(input.receivedAt),
            data: json({}),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
  });
  engine.committed(transitions);
  if (killedAfter !== 'alarms') await timeSeries.append(inputs.filter((input) => input.kind === 'reading'));
  return transitions;
}
async function restart() {
  const engine = await engineOf();
  await new AlarmReconciler(test.db, unitOfWork, writer).reconcile(engine);
  return engine;
}
const story = async () =>
  (await test.db.selectFrom('alarms').selectAll().orderBy('ruleId').orderBy('raisedAt').execute()).map(
    ({ ruleId, conditionActive, occurrences }) => `${ruleId} ${conditionActive ? 'holds' : 'over'} ×${occurrences}`,
  );
const tick = async (engine: DetectionEngine) => {
  const transitions = engine.tick(clock.now());
  await unitOfWork.run((tx) => writer.apply(tx, transitions));
  engine.committed(transitions);
};

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

describe('the rules in PostgreSQL', () => {
  it('are seeded once; what a person changed stays', async () => {
    await Promise.all([store.seedDefaults(), store.seedDefaults()]);
    await test.db.updateTable('rules').set({ enabled: false, version: 2 }).where('id', '=', 'fire-smoke').execute();
    await store.seedDefaults();
    expect((await store.load()).find(({ id }) => id === 'fire-smoke')).toMatchObject({ enabled: false, version: 2 });
    const added = await test.db
      .selectFrom('auditTrail')
      .select('subjectId')
      .where('action', '=', 'rule.added')
      .execute();
    expect(new Set(added.map(({ subjectId }) => subjectId)).size).toBe(added.length);
  });

  it('take effect when changed: switched off, its alarm ends', async () => {
    const engine = await engineOf();
    await ingest(engine, [reading(1, 50)]);
    await test.db.updateTable('rules').set({ enabled: false, version: 2 }).where('id', '=', 'fire-smoke').execute();
    await engine.refreshRules();
    await ingest(engine, []);
    expect(await story()).toEqual(['fire-smoke over ×1']);
  });

  it('do not stop detection when one of them is nonsense', async () => {
    await store.seedDefaults();
    await test.db
      .updateTable('rules')
      .set({ definition: json({ nonsense: true }) })
      .where('id', '=', 'fire-heat')
      .execute();
    const engine = await engineOf();
    expect(engine.evaluate([reading(1, 50), reading(1, 99, 'temperature')]).map(({ ruleId }) => ruleId)).toEqual([
      'fire-smoke',
    ]);
  });
});

describe('what is not confirmed', () => {
  it('is told again, so that a failed commit loses no alarm', async () => {
    const engine = await engineOf();
    const first = engine.evaluate([reading(1, 50)]);
    expect(engine.evaluate([reading(2, 50)])).toEqual(first);
    engine.committed(first);
    expect(engine.evaluate([reading(3, 50)])).toEqual([]);
  });
});

describe('killed and started again', () => {
  it.each(['detect', 'alarms'] as const)(
    'after "%s": one alarm, whether or not the message comes again first',
    async (killedAfter) => {
      await ingest(await engineOf(), [reading(1, 0)]);
      await ingest(await engineOf(), [reading(1000, 50), event(1000, 'sos.pressed')], killedAfter);
      clock.set(t0 + 2000);
      const engine = await restart();
      await ingest(engine, [reading(1000, 50), event(1000, 'sos.pressed')]);
      await ingest(engine, [reading(1000, 50), event(1000, 'sos.pressed')]);
      expect(await story()).toEqual(['fire-smoke holds ×1', 'fire-sos holds ×1']);
    },
  );

  it('raises a condition that is stored and was never told', async () => {
    await timeSeries.append([reading(1000, 50)]);
    clock.set(t0 + 2000);
    await restart();
    expect(await story()).toEqual(['fire-smoke holds ×1']);
  });

  it('ends an alarm whose end was stored and never told, and one that ends after the restart', async () => {
    await ingest(await engineOf(), [reading(1000, 50), reading(1000, 80, 'temperature')]);
    await timeSeries.append([reading(2000, 0), reading(2000 + minute, 0), reading(2000 + minute, 70, 'temperature')]);
    clock.set(t0 + 2 * minute);
    const engine = await restart();
    expect(await story()).toEqual(['fire-heat holds ×1', 'fire-smoke over ×1']);
    await ingest(engine, [reading(2 * minute, 20, 'temperature'), reading(3 * minute, 20, 'temperature')]);
    expect(await story()).toEqual(['fire-heat over ×1', 'fire-smoke over ×1']);
  });

  it('tells the same with restarts as without, however long things last and whatever is between', async () => {
    const minutes = (...of: number[]) => of.map((count) => count * minute);
    const steps = fc.record({
      gapMs: fc.constantFrom(...minutes(0.2, 0.5, 0.9, 4, 9, 15, 100, 300)),
      metric: fc.constantFrom('smoke', 'smoke', 'co'),
      // clear, between the levels, alarm
      level: fc.constantFrom(0, 1, 2, 2),
      restart: fc.boolean(),
    });
    const values: Record<string, number[]> = { smoke: [0, 3, 30], co: [0, 35, 310] };
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 20 }), async (story) => {
        run += 1;
        const deviceId = `c1/run-${run}`;
        await aDevice(test.db, { id: deviceId });
        clock.set(t0);
        const steady = await engineOf();
        let restarted = await engineOf();
        const levels = new Set(
          (await store.load()).filter(({ condition }) => condition.kind === 'threshold').map(({ id }) => id),
        );
        const told: Record<'steady' | 'restarted', string[]> = { steady: [], restarted: [] };
        const note = (who: keyof typeof told, transitions: readonly { kind: string; ruleId: string; at: number }[]) =>
          told[who].push(
            ...transitions
              .filter(({ ruleId }) => levels.has(ruleId))
              .map(({ kind, ruleId, at }) => `${ruleId} ${kind} ${(at - t0) / minute}`),
          );
        let ts = 0;
        for (const { gapMs, metric, level, restart: again } of story) {
          ts += gapMs;
          const input = { ...reading(ts, values[metric]![level]!, metric), deviceId };
          clock.set(t0 + ts);
          const all = steady.evaluate([input]);
          steady.committed(all);
          note('steady', all);
          note('restarted', await ingest(restarted, [input]));
          if (again) restarted = await restart();
        }
        expect(told.restarted).toEqual(told.steady);
      }),
      { numRuns: 40 },
    );
  });

  it('remembers emergencies and smoke alarms of any age', async () => {
    await ingest(await engineOf(), [event(1, 'sos.pressed'), event(1, 'smoke.alarm')]);
    clock.set(t0 + 40 * 24 * 60 * minute);
    const engine = await restart();
    expect(
      engine
        .activeConditions()
        .map(({ ruleId }) => ruleId)
        .toSorted(),
    ).toEqual(['fire-smoke-alarm', 'fire-sos']);
    await ingest(engine, [event(41 * 24 * 60 * minute, 'smoke.cleared')]);
    expect(await story()).toEqual(['fire-smoke-alarm over ×1', 'fire-sos holds ×1']);
  });

  it('keeps an alarm it has no newer reading of, until a reading ends it', async () => {
    await ingest(await engineOf(), [reading(1, 50)]);
    clock.set(t0 + 10 * 24 * 60 * minute);
    const engine = await restart();
    const later = 10 * 24 * 60 * minute;
    expect(await story()).toEqual(['fire-smoke holds ×1']);
    await ingest(engine, [reading(later, 0), reading(later + minute, 0)]);
    expect(await story()).toEqual(['fire-smoke over ×1']);
  });
});

describe('silence', () => {
  it('is told once, and ends with the first sign of life, over a restart too', async () => {
    const engine = await engineOf();
    await ingest(engine, [reading(0, 0)]);
    for (let passed = 0; passed <= 12; passed += 0.25) {
      clock.set(t0 + passed * minute);
      await tick(engine);
    }
    expect(await story()).toEqual(['fire-silent holds ×1']);
    const anew = await restart();
    expect(await story()).toEqual(['fire-silent holds ×1']);
    await ingest(anew, [reading(13 * minute, 0)]);
    expect(await story()).toEqual(['fire-silent over ×1']);
  });

  it('is nobody’s when it was we who were away', async () => {
    await ingest(await engineOf(), [reading(0, 0)]);
    clock.set(t0 + 60 * minute);
    const engine = await restart();
    await tick(engine);
    await ingest(engine, [reading(61 * minute, 0)]);
    expect(await story()).toEqual([]);
    // a process that stood still for an hour, without a restart
    clock.set(t0 + 121 * minute);
    await tick(engine);
    expect(await story()).toEqual([]);
  });
});

describe('what was learned of a series', () => {
  const learned = (engine: DetectionEngine) =>
    [...engine.longMemories(new Map())].map(({ state, numbers }) => [state, numbers]);

  it('outlasts a start, with what came since, also of a device that was silent long; nothing is kept twice', async () => {
    await store.seedDefaults();
    const rule = {
      ...(await store.load()).find(({ id }) => id === 'fire-heat')!,
      id: 'fire-unusual',
      condition: {
        kind: 'baseline' as const,
        metric: 'temperature',
        direction: 'both' as const,
        raiseAt: 0.6,
        clearAt: 0.3,
        onDelayMs: 0,
        offDelayMs: 60 * minute,
        maxGapMs: 180 * minute,
        learnMs: 24 * 60 * minute,
      },
    };
    await test.db
      .insertInto('rules')
      .values({
        id: rule.id,
        version: 1,
        domain: 'fire',
        enabled: true,
        definition: json(rule),
        updatedAt: new Date(0),
      })
      .execute();
    const engine = await engineOf();
    const keeper = new MemoryKeeper(test.db, clock, logger, engine);
    const at = (i: number) => reading(i * 10 * minute, 20 + ((i * 7919) % 13) / 6, 'temperature');
    await ingest(
      engine,
      Array.from({ length: 600 }, (_, i) => at(i + 1)),
    );
    expect(await keeper.keep()).toBe(1);
    expect(await keeper.keep()).toBe(0);
    // It says nothing for days, then a little, and the process is killed before any of that is kept.
    const later = [
      ...Array.from({ length: 5 }, (_, i) => at(1200 + i)),
      ...Array.from({ length: 5 }, (_, i) => at(1500 + i)),
    ];
    await ingest(engine, later);
    clock.set(t0 + 1505 * 10 * minute);
    const started = await engineOf();
    expect(learned(started)).toEqual(learned(engine));

    const hot = reading(1506 * 10 * minute, 50, 'temperature');
    const ofRule = (list: Awaited<ReturnType<typeof ingest>>) =>
      list.filter(({ ruleId }) => ruleId === rule.id).map(({ kind, at: when, cause }) => ({ kind, when, cause }));
    const told = ofRule(await ingest(started, [hot]));
    expect(told).toEqual(ofRule(engine.evaluate([hot])));
    expect(told).toMatchObject([{ kind: 'raise', cause: { kind: 'baseline', value: 50 } }]);
    await new MemoryKeeper(test.db, clock, logger, started).beforeApplicationShutdown();
    await test.db.updateTable('detectorMemory').set({ about: 'baseline/0/temperature' }).execute();
    expect(learned(await engineOf())).not.toEqual(learned(started));
  });
});
