import { AlarmReconciler, AlarmWriter } from '@sc/features/alarms';
import { type AlarmTransition, DetectionEngine, type DetectionInput, RuleStore } from '@sc/features/detection';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import fc from 'fast-check';
import type { Rule } from '@sc/contracts';
import { BackTestRun } from '../../libs/features/back-test/back-test-run.js';
import { backTestLimits } from '../../libs/features/back-test/limits.js';
import { inputsOf, unit } from '../../libs/features/detection/arbitrary.spec-support.js';
import { hours } from '../../libs/features/detection/restart-streams.spec-support.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { kinds, ruleOf } from '../support/generated-rules.js';

// Nothing here is timed: a busy machine is slow, not wrong.
const t0 = Date.UTC(2026, 5, 1);
const logger = createLogger('silent');
const domain = 'generated';
/** Two communities to which the same happens: one building each. */
const worlds = { straight: 'b1', restarted: 'b2' } as const;
type World = keyof typeof worlds;

let test: TestDatabase;
let clock: FakeClock;
let unitOfWork: UnitOfWork;
let rules: RuleStore;
let writer: AlarmWriter;
let series: InMemoryTimeSeries;
let run = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  clock = new FakeClock(t0);
  unitOfWork = new UnitOfWork(test.db, clock, systemIds);
  rules = new RuleStore(test.db, clock, logger, unitOfWork);
  writer = new AlarmWriter(clock, systemIds, logger);
  await seedAreas(test.db);
  await rules.seedDefaults();
});
afterAll(() => test.drop());

/** A story as it comes: of two devices, in nearly any order, some of it twice, and restarts between. */
const stories = fc
  .tuple(
    inputsOf(22, 60),
    fc.nat(),
    fc.array(fc.nat(), { maxLength: 3 }),
    fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([inputs, middle, again, restarts, inOrder]) => {
    const story = (inOrder ? inputs.toSorted((a, b) => a.ts - b.ts) : inputs).map((input, index) =>
      // An event has an identity: what comes again is the same one.
      input.kind === 'event' ? { ...input, eventKey: `e${index}` } : input,
    );
    const most = Math.max(1, story.length);
    const repeated = [...story, ...(inOrder ? [] : again.flatMap((place) => story[place % most] ?? []))];
    const from = (repeated[middle % most]?.ts ?? 0) + (middle % 3) - 1;
    return { story: repeated, restarts: new Set(restarts.map((place) => place % most)), inOrder, from };
  });

/** What ingest does with one message. */
async function ingest(engine: DetectionEngine, inputs: readonly DetectionInput[]): Promise<void> {
  await applied(engine, engine.evaluate(inputs), inputs);
  await series.append(inputs.filter((input) => input.kind === 'reading'));
}

async function applied(
  engine: DetectionEngine,
  transitions: AlarmTransition[],
  inputs: readonly DetectionInput[] = [],
): Promise<void> {
  const events = inputs.filter((input) => input.kind === 'event');
  if (transitions.length + events.length > 0)
    await unitOfWork.run(async (transaction) => {
      await writer.apply(transaction, transitions);
      for (const { deviceId, eventKey, type, ts, receivedAt, data } of events)
        await transaction.db
          .insertInto('deviceEvents')
          .values({ deviceId, eventKey, type, data: json(data), ts: new Date(ts), receivedAt: new Date(receivedAt) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    });
  engine.committed(transitions);
}

/**
 * A start, which takes no time here. A real one has not listened meanwhile, so that silence, quiet and what lasts are
 * measured anew from it; that is a choice (see the tests of detection), not forgetting, so here it listened all along.
 */
async function started(): Promise<DetectionEngine> {
  const engine = new DetectionEngine(clock, logger, rules);
  const reconciler = new AlarmReconciler(test.db, unitOfWork, writer);
  await engine.rebuild(series, test.db, await reconciler.standing());
  await reconciler.reconcile(engine);
  engine.listenFrom(0);
  return engine;
}

async function withRules(list: readonly Rule[]): Promise<void> {
  run += 1;
  await test.db.updateTable('rules').set({ enabled: false }).execute();
  for (const rule of list)
    await test.db
      .insertInto('rules')
      .values({ id: rule.id, version: 1, domain, enabled: true, definition: json(rule), updatedAt: new Date(t0) })
      .execute();
}

const nameOf = (world: World, deviceId: string) => `${world}/${deviceId.replace('/', '-')}-${run}`;

/** The story in one world, from its beginning to well after its end, started again after some of its messages. */
async function lived(world: World, story: readonly DetectionInput[], restarts: ReadonlySet<number>): Promise<void> {
  series = new InMemoryTimeSeries();
  clock.set(t0);
  await test.db.updateTable('devices').set({ state: 'retired' }).execute();
  for (const deviceId of ['c/1', 'c/2'])
    await aDevice(test.db, { id: nameOf(world, deviceId), areaId: worlds[world], domain });
  let engine = await started();
  for (const [index, input] of story.entries()) {
    await passTo(engine, t0 + input.ts);
    await ingest(engine, [moved(input, nameOf(world, input.deviceId))]);
    if (restarts.has(index)) engine = await started();
  }
  await passTo(engine, clock.now() + 50 * unit);
}

/** Time passes as it does for a process that is not stalled: tick by tick. */
async function passTo(engine: DetectionEngine, time: number): Promise<void> {
  while (clock.now() < time) {
    clock.set(Math.min(time, clock.now() + 60_000));
    await applied(engine, engine.tick(clock.now()));
  }
}

/** What was told of the devices of one world: alarm by alarm, step by step. */
async function told(world: World): Promise<string[]> {
  const steps = await test.db
    .selectFrom('alarmSteps')
    .innerJoin('alarms', 'alarms.id', 'alarmSteps.alarmId')
    .select(['alarms.ruleId', 'alarms.deviceId', 'alarms.subject', 'alarmSteps.at', 'alarmSteps.action'])
    .select(['alarms.severity', 'alarms.occurrences'])
    .where('alarms.deviceId', 'like', `${world}/%-${run}`)
    .orderBy('alarmSteps.at')
    .orderBy('alarms.ruleId')
    .orderBy('alarms.deviceId')
    .orderBy('alarms.subject')
    .execute();
  return steps.map(({ ruleId, deviceId, subject, at, action, severity, occurrences }) => {
    const place = subject.replace(/^[rb][12]$/, 'place');
    const minutes = (at.getTime() - t0) / 60_000;
    return [ruleId, deviceId.split('/')[1], place, action, minutes, severity, occurrences].join(' ');
  });
}

/** Moves a story of the generator to these devices and this time. */
const moved = (input: DetectionInput, deviceId: string): DetectionInput => ({
  ...input,
  deviceId,
  domain,
  ts: t0 + input.ts,
  receivedAt: clock.now(),
});

/** What a restart forgets of a group when a member's end comes hours late after it: see kinds/README.md. */
const storiesOf = (kind: (typeof kinds)[number]) =>
  kind === 'group' ? stories.filter(({ inOrder }) => inOrder) : stories;

describe.each(kinds)('rules of kind %s (P8)', (kind) => {
  it('tell the same with restarts as without, and the back-test of that time tells it again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(ruleOf(kind, 0, domain), ruleOf(kind, 1, domain)),
        hours,
        storiesOf(kind),
        async (drawn, activeHours, told_) => {
          const { story, restarts, inOrder, from } = told_;
          // How far what comes late lies behind our clock is forgotten by a start, and by it hours open.
          const more = inOrder && activeHours ? { activeHours } : {};
          const list = drawn.map((rule, index) => ({ ...rule, ...more, id: `g${run}-${index}` }));
          await withRules(list);
          await lived('straight', story, new Set());
          const straight = await told('straight');
          const devices = ['c/1', 'c/2'].map((id) => nameOf('straight', id));
          // Of all that was, and of a range that begins in the midst of what stands.
          if (inOrder)
            for (const rule of list) for (const begin of [t0, t0 + from]) await expectToldAgain(rule, devices, begin);
          await lived('restarted', story, restarts);
          expect(await told('restarted')).toEqual(straight);
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  });
});

/** Alarm by alarm: the begin and the end of each, and none besides. */
async function expectToldAgain(rule: Rule, deviceIds: readonly string[], from: number): Promise<void> {
  const question = { rule, deviceIds, from, to: clock.now() };
  const sources = { series, db: test.db, timeZone: 'UTC', now: clock.now(), limits: backTestLimits };
  const { alarms, totals } = await new BackTestRun(question, sources, new AbortController().signal).run();
  expect(alarms.filter(({ found }) => found !== 'both')).toEqual([]);
  for (const { would, was } of alarms) expect(would).toEqual(was);
  expect(totals.would).toBe(totals.was);
}
