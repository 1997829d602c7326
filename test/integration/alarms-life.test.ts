import { setTimeout } from 'node:timers/promises';
import type { AlarmState, Person, Rule } from '@sc/contracts';
import { AlarmsService, AlarmWriter, MaintenanceService, OutOfServiceService } from '@sc/features/alarms';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import type { KyselyPlugin } from 'kysely';
import { AlarmsReadModel } from '../../libs/features/alarms/http/alarms-read-model.js';
import { MaintenanceReadModel } from '../../libs/features/alarms/http/maintenance-read-model.js';
import { SilenceSweep } from '../../libs/features/alarms/silence-sweep.js';
import { Silences } from '../../libs/features/alarms/silences.js';
import { aDevice, aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

// Nothing here is timed: a busy machine is slow, not wrong.
const minute = 60_000;
type Change = Parameters<AlarmWriter['apply']>[1][number];

let d: TestDispatch;
let writer: AlarmWriter;
let service: AlarmsService;
let maintenance: MaintenanceService;
let outOfService: OutOfServiceService;
let readModel: AlarmsReadModel;
let windows: MaintenanceReadModel;
let sweep: SilenceSweep;
let operator: Person;
let manager: Person;
let devices = 0;
let deviceId: string;

const personOf = async (role: Person['role'], areaId: string): Promise<Person> =>
  d.personById(await aPerson(d.db, { role, areaId }));
const change = (kind: Change['kind'], ruleId: string, more: Partial<Change> = {}): Change => ({
  kind,
  deviceId,
  ruleId,
  subject: '',
  ruleVersion: 1,
  at: d.clock.now(),
  cause: { kind: 'threshold' },
  ...more,
});
const apply = (...changes: Change[]) => d.unitOfWork.run((tx) => writer.apply(tx, changes));
const happens = async (...changes: Change[]) => {
  d.clock.advance(1000);
  await apply(...changes.map((one) => ({ ...one, at: d.clock.now() })));
};
const alarmOf = async (ruleId: string, of = deviceId) =>
  d.db
    .selectFrom('alarms')
    .selectAll()
    .where('deviceId', '=', of)
    .where('ruleId', '=', ruleId)
    .orderBy('raisedAt', 'desc')
    .executeTakeFirstOrThrow();
const stateOf = async (ruleId: string, of = deviceId): Promise<AlarmState> => (await alarmOf(ruleId, of)).state;
const openOrders = () => d.db.selectFrom('workOrders').selectAll().where('state', '!=', 'closed').execute();
const raisedEvents = async (alarmId: string) =>
  (await d.db.selectFrom('outbox').select(['type', 'subjectId']).execute()).filter(
    ({ type, subjectId }) => type === 'alarm.raised.v1' && subjectId === alarmId,
  ).length;
const rewrite = (ruleId: string, more: Partial<Rule>) =>
  d.db
    .selectFrom('rules')
    .select('definition')
    .where('id', '=', ruleId)
    .executeTakeFirstOrThrow()
    .then(({ definition }) =>
      d.db
        .updateTable('rules')
        .set({ definition: json({ ...definition, ...more }) })
        .where('id', '=', ruleId)
        .execute(),
    );

beforeAll(async () => {
  d = await startDispatch();
  d.clock.set(Date.now());
  const logger = createLogger('silent');
  const silences = new Silences(d.clock, systemIds);
  writer = new AlarmWriter(d.clock, systemIds, logger);
  service = new AlarmsService(d.unitOfWork, d.clock, systemIds);
  maintenance = new MaintenanceService(d.unitOfWork, d.clock, systemIds);
  outOfService = new OutOfServiceService(d.unitOfWork, silences, d.clock, systemIds);
  readModel = new AlarmsReadModel(d.db);
  windows = new MaintenanceReadModel(d.db, d.clock);
  sweep = new SilenceSweep(d.db, d.unitOfWork, silences, d.clock, logger);
  operator = await personOf('operator', 'c1');
  manager = await personOf('manager', 'c1');
  await aShift(d.db, await aPerson(d.db));
  await rewrite('fire-battery-low', { suppressionGroup: 'power' });
  await rewrite('fire-fault', { suppressionGroup: 'power', severity: 'severe' });
  await rewrite('fire-heat', { latching: true });
});
afterAll(() => d.stop());
beforeEach(async () => {
  for (const table of [
    'alarmSteps',
    'jobs',
    'outbox',
    'workOrderCandidates',
    'notifications',
    'workOrderSteps',
    'workOrders',
  ] as const)
    await d.db.deleteFrom(table).execute();
  await d.db.deleteFrom('alarms').execute();
  for (const table of ['incidents', 'maintenanceWindows', 'outOfService'] as const)
    await d.db.deleteFrom(table).execute();
  d.clock.set(Date.now());
  deviceId = await aDevice(d.db, { id: `c1/life-${(devices += 1)}`, areaId: 'r1' });
});

describe('a shelf', () => {
  it('makes no order while it lasts; what still holds at its end is raised then, with its order', async () => {
    await happens(change('raise', 'fire-tamper'));
    const { id } = await alarmOf('fire-tamper');
    await service.shelve(operator, id, 30, 'painters in the hall');
    await d.run();
    expect(await openOrders()).toEqual([]);
    expect(await alarmOf('fire-tamper')).toMatchObject({
      state: 'shelved',
      silencedBy: operator.id,
      silencedReason: 'painters in the hall',
      silencedUntil: new Date(d.clock.now() + 30 * minute),
    });
    // It comes and goes meanwhile, and nobody is called.
    await happens(change('clear', 'fire-tamper'));
    await happens(change('raise', 'fire-tamper'));
    await d.run();
    expect(await openOrders()).toEqual([]);
    d.clock.advance(31 * minute);
    await d.run();
    expect(await alarmOf('fire-tamper')).toMatchObject({ state: 'unacknowledged', occurrences: 2, silencedAt: null });
    expect(await openOrders()).toHaveLength(1);
    const jobs = await d.jobs('end-shelf');
    for (const job of jobs) await d.handle({ ...job, state: 'pending' });
    expect(await raisedEvents(id)).toBe(2);
  });

  it('that is over is not shown, though its job is late; without a job the sweep ends it', async () => {
    d.clock.advance(-40 * minute);
    await happens(change('raise', 'fire-tamper'));
    const { id } = await alarmOf('fire-tamper');
    await service.shelve(operator, id, 30, 'painters');
    expect(await stateOf('fire-tamper')).toBe('shelved');
    expect(await readModel.one(operator, id)).toMatchObject({ state: 'unacknowledged', silence: null });
    expect((await readModel.list(operator, { state: 'open', limit: 9 })).items.map((one) => one.id)).toEqual([id]);
    expect((await readModel.list(operator, { state: 'silenced', limit: 9 })).items).toEqual([]);
    await d.db.deleteFrom('jobs').execute();
    d.clock.advance(31 * minute);
    await sweep.sweepOnce();
    expect(await stateOf('fire-tamper')).toBe('unacknowledged');
    expect(await sweep.sweepOnce()).toBe(false);
  });

  it('is bounded by severity, names its limit, and of life safety is granted once', async () => {
    await happens(change('raise', 'fire-smoke'), change('raise', 'fire-tamper'));
    const smoke = await alarmOf('fire-smoke');
    const refusal = {
      code: 'beyond-limit',
      errors: [{ path: 'minutes', message: { en: 'at most 10', 'zh-CN': '最多 10 分钟' } }],
    };
    await expect(service.shelve(manager, smoke.id, 11, 'r')).rejects.toMatchObject(refusal);
    await expect(service.shelve(manager, (await alarmOf('fire-tamper')).id, 481, 'r')).rejects.toMatchObject({
      errors: [{ path: 'minutes', message: { en: 'at most 480', 'zh-CN': '最多 480 分钟' } }],
    });
    await service.shelve(manager, smoke.id, 10, 'looking');
    await expect(service.shelve(manager, smoke.id, 1, 'r')).rejects.toMatchObject({ code: 'action-not-allowed' });
    d.clock.advance(10 * minute);
    await d.run();
    expect(await stateOf('fire-smoke')).toBe('unacknowledged');
    await expect(service.shelve(manager, smoke.id, 1, 'r')).rejects.toMatchObject({
      errors: [{ path: 'minutes', message: { en: 'it may not be shelved', 'zh-CN': '此告警不能再搁置' } }],
    });
  });

  it('breaks when the alarm becomes grave: with its order at once', async () => {
    await happens(change('raise', 'fire-tamper'));
    await service.shelve(operator, (await alarmOf('fire-tamper')).id, 60, 'painters');
    await happens(change('escalate', 'fire-tamper', { level: { severity: 'extreme', workOrder: true } }));
    await d.run();
    expect(await alarmOf('fire-tamper')).toMatchObject({
      state: 'unacknowledged',
      severity: 'extreme',
      silencedAt: null,
    });
    expect(await openOrders()).toMatchObject([{ severity: 'extreme' }]);
  });

  it('ends when a person lifts it, and can be put on what is quiet for now', async () => {
    await happens(change('raise', 'fire-tamper'), change('raise', 'fire-smoke'));
    const { id } = await alarmOf('fire-tamper');
    await service.acknowledge(operator, id);
    await happens(change('clear', 'fire-tamper'));
    expect(await stateOf('fire-tamper')).toBe('normal');
    await service.shelve(operator, id, 60, 'it chatters');
    await happens(change('raise', 'fire-tamper'));
    expect(await alarmOf('fire-tamper')).toMatchObject({ id, state: 'shelved', occurrences: 2 });
    await service.unshelve(operator, id);
    expect(await stateOf('fire-tamper')).toBe('unacknowledged');
    await expect(service.unshelve(operator, id)).rejects.toMatchObject({ code: 'action-not-allowed' });
  });
});

describe('maintenance', () => {
  const until = (minutes: number) => new Date(d.clock.now() + minutes * minute).toISOString();
  const make = (wish: Partial<Parameters<MaintenanceService['create']>[1]>, who = manager) =>
    maintenance.create(who, { lifeSafety: false, endsAt: until(60), reason: 'yearly test', ...wish });

  it('silences a place, a domain there or a device, and nothing of life safety unless it says so', async () => {
    await make({ areaId: 'b1', domain: 'fire' });
    await make({ areaId: 'b1', domain: 'water' });
    await happens(change('raise', 'fire-tamper'), change('raise', 'fire-smoke'));
    const elsewhere = await aDevice(d.db, { id: `c1/life-${(devices += 1)}`, areaId: 'b2' });
    await happens(change('raise', 'fire-tamper', { deviceId: elsewhere }));
    expect([
      await stateOf('fire-tamper'),
      await stateOf('fire-smoke'),
      await stateOf('fire-tamper', elsewhere),
    ]).toEqual(['suppressed-by-design', 'unacknowledged', 'unacknowledged']);
    await make({ deviceId, lifeSafety: true });
    await d.run();
    expect(await stateOf('fire-smoke')).toBe('suppressed-by-design');
    const { items } = await readModel.list(operator, { state: 'silenced', limit: 9 });
    expect(items.map(({ silence }) => silence)).toMatchObject([
      { kind: 'maintenance', reason: 'yearly test', by: manager.name },
      { kind: 'maintenance', until: expect.any(String) },
    ]);
    expect(
      (await windows.windows(operator, { state: 'open' })).map(({ silencedAlarms }) => silencedAlarms).toSorted(),
    ).toEqual([0, 0, 2]);
  });

  it('that ends, by the clock or early, gives back what still holds, each with its order, once', async () => {
    const id = await make({ areaId: 'c1' });
    await happens(change('raise', 'fire-tamper'));
    await happens(change('raise', 'fire-fault'));
    await happens(change('clear', 'fire-fault'));
    await d.run();
    expect(await openOrders()).toEqual([]);
    await maintenance.end(operator, id);
    expect(await readModel.one(operator, (await alarmOf('fire-tamper')).id)).toMatchObject({ state: 'unacknowledged' });
    await d.run();
    expect([await stateOf('fire-tamper'), await stateOf('fire-fault')]).toEqual(['unacknowledged', 'normal']);
    expect(await openOrders()).toHaveLength(1);
    expect(await raisedEvents((await alarmOf('fire-tamper')).id)).toBe(1);
    await maintenance.end(operator, id);
    expect(await windows.window(operator, id)).toMatchObject({ state: 'over', endedBy: operator.name });
    await make({ areaId: 'g1' });
    await d.run();
    expect(await stateOf('fire-tamper')).toBe('suppressed-by-design');
    await d.db.deleteFrom('jobs').execute();
    d.clock.advance(61 * minute);
    await sweep.sweepOnce();
    expect(await stateOf('fire-tamper')).toBe('unacknowledged');
  });

  it('begins when it was planned to', async () => {
    await happens(change('raise', 'fire-tamper'));
    await make({ areaId: 'r1', startsAt: until(30), endsAt: until(60) });
    await d.run();
    expect(await stateOf('fire-tamper')).toBe('unacknowledged');
    d.clock.advance(30 * minute);
    await d.run();
    expect(await stateOf('fire-tamper')).toBe('suppressed-by-design');
    d.clock.advance(30 * minute);
    await d.run();
    expect(await stateOf('fire-tamper')).toBe('unacknowledged');
  });

  it('is bounded by role, and life safety by the right role and a shorter limit', async () => {
    const limit = (hours: number) => ({
      code: 'beyond-limit',
      errors: [{ path: 'endsAt', message: { en: `at most ${hours} hours for your role` } }],
    });
    await expect(make({ areaId: 'c1', endsAt: until(8 * 60 + 1) }, operator)).rejects.toMatchObject(limit(8));
    await expect(make({ areaId: 'c1', lifeSafety: true }, operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(make({ areaId: 'c1', lifeSafety: true, endsAt: until(4 * 60 + 1) })).rejects.toMatchObject(limit(4));
    await expect(make({ areaId: 'd1' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(make({ areaId: 'c1', endsAt: until(-1) })).rejects.toMatchObject({ code: 'invalid-request' });
    const elsewhere = await personOf('manager', 'g2');
    await expect(make({ deviceId }, elsewhere)).rejects.toMatchObject({ code: 'not-found' });
    await expect(maintenance.end(elsewhere, await make({ areaId: 'g1' }))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('silences also what was being written when it was made', async () => {
    d.clock.advance(1000);
    const { promise: made, resolve: isMade } = Promise.withResolvers<void>();
    const { promise: written, resolve: isWritten } = Promise.withResolvers<void>();
    const writing = d.unitOfWork.run(async (tx) => {
      await writer.apply(tx, [change('raise', 'fire-tamper')]);
      isWritten();
      await made;
    });
    await written;
    await make({ areaId: 'r1' });
    const applied = d.run();
    // Time for the job to look and find nothing, were it not to wait.
    await setTimeout(300);
    isMade();
    await Promise.all([writing, applied]);
    expect(await stateOf('fire-tamper')).toBe('suppressed-by-design');
  });

  it('and a storm at the same moment leave nothing that rings and should not', async () => {
    const many: string[] = [];
    for (let n = 0; n < 20; n += 1) many.push(await aDevice(d.db, { id: `c1/life-${(devices += 1)}`, areaId: 'r2' }));
    d.clock.advance(1000);
    await Promise.all([
      ...many.map((one) => apply(change('raise', 'fire-tamper', { deviceId: one }))),
      make({ areaId: 'r2' }).then(() => d.run()),
    ]);
    await d.run();
    const states = await d.db.selectFrom('alarms').select('state').where('deviceId', 'in', many).execute();
    expect(states.map(({ state }) => state)).toEqual(Array(20).fill('suppressed-by-design'));
  });
});

describe('out of service', () => {
  it('is a device or one rule on it, until somebody takes it back: then what holds is raised', async () => {
    await happens(change('raise', 'fire-smoke'), change('raise', 'fire-tamper'));
    await outOfService.take(manager, { deviceId, ruleId: 'fire-tamper', reason: 'broken lid' });
    expect([await stateOf('fire-smoke'), await stateOf('fire-tamper')]).toEqual(['unacknowledged', 'out-of-service']);
    await outOfService.take(manager, { deviceId, reason: 'swapped next week' });
    await expect(outOfService.take(manager, { deviceId, reason: 'again' })).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await stateOf('fire-smoke')).toBe('out-of-service');
    for (const one of await windows.outOfService(operator)) await outOfService.giveBack(manager, one.id);
    expect([await stateOf('fire-smoke'), await stateOf('fire-tamper')]).toEqual(['unacknowledged', 'unacknowledged']);
    await d.run();
    expect((await openOrders()).length).toBeGreaterThan(0);
    expect(await windows.outOfService(operator)).toEqual([]);
  });
});

describe('alarms of one group on one device', () => {
  it('show the gravest alone; the others come back when it ends and they still hold', async () => {
    await happens(change('raise', 'fire-battery-low'));
    await happens(change('raise', 'fire-fault'));
    const lesser = await alarmOf('fire-battery-low');
    expect(lesser).toMatchObject({ state: 'suppressed-by-design', suppressingAlarm: (await alarmOf('fire-fault')).id });
    await happens(change('clear', 'fire-fault'));
    expect(await stateOf('fire-battery-low')).toBe('unacknowledged');
    expect(await raisedEvents(lesser.id)).toBe(2);
  });

  it('are told with their first step when they begin behind a graver one, and never hide one', async () => {
    await happens(change('raise', 'fire-fault'), change('raise', 'fire-battery-low'));
    expect([await stateOf('fire-fault'), await stateOf('fire-battery-low')]).toEqual([
      'unacknowledged',
      'suppressed-by-design',
    ]);
    const { id } = await alarmOf('fire-battery-low');
    expect(await raisedEvents(id)).toBe(0);
    expect((await readModel.detail(operator, id)).timeline).toMatchObject([
      { action: 'raise', fromState: null, toState: 'suppressed-by-design' },
    ]);
    await service.shelve(operator, (await alarmOf('fire-fault')).id, 5, 'r');
    expect(await stateOf('fire-battery-low')).toBe('unacknowledged');
  });
});

describe('what people do', () => {
  it('acknowledges many at once, with one result for each, and what fails keeps none from it', async () => {
    await happens(change('raise', 'fire-tamper'), change('raise', 'fire-smoke'), change('raise', 'fire-battery-low'));
    const [tamper, smoke, battery] = [
      await alarmOf('fire-tamper'),
      await alarmOf('fire-smoke'),
      await alarmOf('fire-battery-low'),
    ];
    await service.shelve(operator, tamper.id, 5, 'r');
    await service.acknowledge(operator, smoke.id);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(
      await service.acknowledgeAll(operator, [battery.id, smoke.id, tamper.id, nobody, battery.id], 'all seen'),
    ).toEqual([
      { id: battery.id, result: 'done' },
      { id: smoke.id, result: 'unchanged' },
      { id: tamper.id, result: 'not-possible' },
      { id: nobody, result: 'not-found' },
    ]);
    const elsewhere = await personOf('operator', 'g2');
    expect(await service.acknowledgeAll(elsewhere, [battery.id])).toEqual([{ id: battery.id, result: 'not-found' }]);
  });

  it('stays in the story: notes, judgements and who has it, whatever the device does next', async () => {
    await happens(change('raise', 'fire-tamper'));
    const { id } = await alarmOf('fire-tamper');
    await service.comment(operator, id, 'neighbour called');
    await service.assign(operator, id, manager.id);
    await happens(change('clear', 'fire-tamper'), change('raise', 'fire-tamper'));
    await happens(change('raise', 'fire-tamper'));
    await service.judge(operator, id, 'false');
    await service.judge(manager, id, 'test', 'it was the fitter');
    const detail = await readModel.detail(operator, id);
    expect(detail).toMatchObject({ judgement: 'test', judgedBy: manager.name, assigneeName: manager.name });
    expect(detail.timeline.filter(({ actorKind }) => actorKind === 'person')).toMatchObject([
      { action: 'comment', note: 'neighbour called' },
      { action: 'assign', data: { assigneeName: manager.name } },
      { action: 'judge', data: { judgement: 'false', before: null } },
      { action: 'judge', note: 'it was the fitter', data: { judgement: 'test', before: 'false' } },
    ]);
    const audited = await d.db
      .selectFrom('auditTrail')
      .select('action')
      .where('subjectId', '=', id)
      .orderBy('sequence')
      .execute();
    expect(audited.map(({ action }) => action).filter((action) => action !== 'alarm.condition-changed')).toEqual([
      'alarm.commented',
      'alarm.assigned',
      'alarm.judged',
      'alarm.judged',
    ]);
    const stranger = await personOf('officer', 'g2');
    await expect(service.assign(operator, id, stranger.id)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('is needed twice for what is latched: once while it holds, once when it is over', async () => {
    await happens(change('raise', 'fire-heat'));
    const { id } = await alarmOf('fire-heat');
    await service.acknowledge(operator, id);
    await happens(change('clear', 'fire-heat'));
    expect(await stateOf('fire-heat')).toBe('returned-unacknowledged');
    await service.acknowledge(operator, id);
    expect(await stateOf('fire-heat')).toBe('normal');
  });
});

it('takes as many statements for one alarm as for a storm of them', async () => {
  let statements = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const counted = new UnitOfWork(d.db.withPlugin(counter), d.clock, systemIds);
  const count = async (changes: Change[]) => {
    statements = 0;
    await counted.run((tx) => writer.apply(tx, changes));
    return statements;
  };
  const many: string[] = [];
  for (let n = 0; n < 60; n += 1) many.push(await aDevice(d.db, { id: `c1/life-${(devices += 1)}`, areaId: 'r2' }));
  await d.db.updateTable('devices').set({ state: 'registered' }).execute();
  d.clock.advance(1000);
  const one = await count([change('raise', 'fire-tamper')]);
  const storm = await count(
    many.flatMap((id) =>
      ['fire-tamper', 'fire-fault', 'fire-battery-low'].map((rule) => change('raise', rule, { deviceId: id })),
    ),
  );
  expect(storm).toBe(one);
  // the lock, the look, the alarms with their steps; the turn to commit, the events with the audit
  expect(one).toBe(5);
});
