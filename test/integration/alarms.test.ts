import { AlarmReconciler, AlarmsService, AlarmWriter, type ConditionSource } from '@sc/features/alarms';
import { RuleStore } from '@sc/features/detection';
import type { Person } from '@sc/contracts';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { systemIds } from '@sc/platform/clock';
import { isTransientDatabaseError, json, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import fc from 'fast-check';
import { aDevice, aPerson, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

// Nothing here is timed: a busy machine is slow, not wrong.
type Change = Parameters<AlarmWriter['apply']>[1][number];

const t0 = Date.UTC(2026, 0, 1);
const clock = new FakeClock(t0);
const logger = createLogger('silent');
let test: TestDatabase;
let unitOfWork: UnitOfWork;
let writer: AlarmWriter;
let service: AlarmsService;
let operator: Person;

const change = (kind: Change['kind'], at: number, overrides: Partial<Change> = {}): Change => ({
  kind,
  deviceId: 'c1/smoke-1',
  ruleId: 'fire-smoke',
  subject: '',
  ruleVersion: 1,
  at: t0 + at,
  cause: { kind: 'threshold', metric: 'smoke', value: 12 },
  ...overrides,
});
const raise = (at: number, overrides?: Partial<Change>) => change('raise', at, overrides);
const clear = (at: number, overrides?: Partial<Change>) => change('clear', at, overrides);
const apply = (...changes: Change[]) => unitOfWork.run((tx) => writer.apply(tx, changes));
const alarms = () => test.db.selectFrom('alarms').selectAll().orderBy('createdAt').orderBy('id').execute();
const steps = () => test.db.selectFrom('alarmSteps').selectAll().orderBy('id').execute();
const events = () => test.db.selectFrom('outbox').select(['type', 'payload', 'areaId']).orderBy('position').execute();
const onlyAlarm = async () => {
  const [alarm, ...others] = await alarms();
  expect(others).toEqual([]);
  if (!alarm) throw new Error('no alarm');
  return alarm;
};

beforeAll(async () => {
  test = await createTestDatabase();
  unitOfWork = new UnitOfWork(test.db, clock, systemIds);
  writer = new AlarmWriter(clock, systemIds, logger);
  service = new AlarmsService(unitOfWork, clock, systemIds);
  await seedAreas(test.db);
  await aDevice(test.db);
  await new RuleStore(test.db, clock, logger, unitOfWork).seedDefaults();
  const id = await aPerson(test.db, { role: 'operator', areaId: 'c1' });
  operator = { id, login: 'operator', name: 'O', role: 'operator', areaId: 'c1', locale: 'en' };
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.deleteFrom('alarmSteps').execute();
  await test.db.deleteFrom('alarms').execute();
  await test.db.deleteFrom('outbox').execute();
});

describe('the writer', () => {
  it('makes an alarm with the facts of its rule and device, a step and an event', async () => {
    await apply(raise(5));
    const alarm = await onlyAlarm();
    expect(alarm).toMatchObject({
      state: 'unacknowledged',
      conditionActive: true,
      severity: 'extreme',
      areaId: 'r1',
      domain: 'fire',
      workOrder: true,
      occurrences: 1,
      raisedAt: new Date(t0 + 5),
      cause: { metric: 'smoke', value: 12 },
    });
    expect(await steps()).toMatchObject([
      {
        alarmId: alarm.id,
        action: 'raise',
        fromState: null,
        toState: 'unacknowledged',
        actorKind: 'device',
        actorId: 'c1/smoke-1',
      },
    ]);
    expect(await events()).toMatchObject([
      {
        type: 'alarm.raised.v1',
        areaId: 'r1',
        payload: { alarmId: alarm.id, workOrder: true, state: 'unacknowledged' },
      },
    ]);
  });

  it('walks raise → clear → raise again on one alarm while nobody has seen it', async () => {
    await apply(raise(1));
    await apply(clear(2));
    expect(await onlyAlarm()).toMatchObject({
      state: 'returned-unacknowledged',
      conditionActive: false,
      clearedAt: new Date(t0 + 2),
    });
    await apply(raise(3));
    expect(await onlyAlarm()).toMatchObject({
      state: 'unacknowledged',
      occurrences: 2,
      clearedAt: null,
      raisedAt: new Date(t0 + 1),
    });
    expect((await events()).map(({ type }) => type)).toEqual([
      'alarm.raised.v1',
      'alarm.changed.v1',
      'alarm.raised.v1',
    ]);
  });

  it('ends an acknowledged alarm with its condition and begins a new one', async () => {
    await apply(raise(1));
    const { id } = await onlyAlarm();
    await service.acknowledge(operator, id, 'on my way');
    await apply(clear(2), raise(3));
    expect((await alarms()).map(({ state, occurrences }) => [state, occurrences])).toEqual(
      expect.arrayContaining([
        ['normal', 1],
        ['unacknowledged', 1],
      ]),
    );
  });

  it('takes a whole story in one batch, in any order', async () => {
    await apply(raise(5), clear(2), raise(1), clear(4), raise(3));
    expect(await onlyAlarm()).toMatchObject({
      state: 'unacknowledged',
      occurrences: 3,
      lastTransitionAt: new Date(t0 + 5),
    });
    expect((await steps()).map(({ action }) => action)).toEqual(['raise', 'clear', 'raise', 'clear', 'raise']);
  });

  it('leaves out unknown devices and rules without refusing the rest', async () => {
    await apply(raise(1, { deviceId: 'c1/nobody' }), raise(1, { ruleId: 'no-such-rule' }), raise(1));
    await onlyAlarm();
  });

  it('lets an alarm end whose rule can no longer be read', async () => {
    await apply(raise(1));
    const rule = await test.db.selectFrom('rules').selectAll().where('id', '=', 'fire-smoke').executeTakeFirstOrThrow();
    const write = (definition: object) =>
      test.db
        .updateTable('rules')
        .set({ definition: json(definition) })
        .where('id', '=', 'fire-smoke')
        .execute();
    await write({ nonsense: true });
    await apply(clear(2), raise(3));
    await write(rule.definition);
    expect(await onlyAlarm()).toMatchObject({ state: 'returned-unacknowledged', lastTransitionAt: new Date(t0 + 2) });
  });

  it('keeps the newest begin in mind when it changes nothing, so that it is not told again after a person ended the alarm', async () => {
    const sos = { ruleId: 'fire-sos' };
    await apply(raise(1, sos));
    await apply(raise(2, sos));
    const { id } = await onlyAlarm();
    await unitOfWork.run((tx) => service.resolve(tx, [id], { kind: 'person', id: operator.id }, 'was there'));
    expect(await onlyAlarm()).toMatchObject({ state: 'normal', conditionActive: false, acknowledgedBy: operator.id });
    await apply(raise(2, sos));
    await onlyAlarm();
    await apply(raise(3, sos));
    expect(await alarms()).toHaveLength(2);
  });

  it('lets nobody resolve what a device ends by itself', async () => {
    await apply(raise(1));
    const { id } = await onlyAlarm();
    await unitOfWork.run((tx) => service.resolve(tx, [id], { kind: 'person', id: operator.id }));
    expect(await onlyAlarm()).toMatchObject({ state: 'unacknowledged' });
  });

  it('is not changed by redelivery of any prefix, in batches of any size', async () => {
    const story = [raise(1), clear(2), raise(3), clear(4), raise(5), clear(6)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 6 }),
        fc.integer({ min: 0, max: 6 }),
        async (redeliveries, acknowledgeAfter) => {
          await test.db.deleteFrom('alarmSteps').execute();
          await test.db.deleteFrom('alarms').execute();
          for (const [index, one] of story.entries()) {
            await apply(one);
            // anything told before may come again, alone or as a batch, in any order
            for (const [a, b] of redeliveries) await apply(...story.slice(Math.min(a, b), index + 1).reverse());
            if (index === acknowledgeAfter)
              for (const { id } of await alarms()) await service.acknowledge(operator, id);
          }
          const all = await alarms();
          expect(all.every(({ conditionActive }) => !conditionActive)).toBe(true);
          const told = (await steps()).filter(({ action }) => action !== 'acknowledge');
          expect(told.map(({ action, at }) => [action, at.getTime() - t0])).toEqual(
            story.map(({ kind, at }) => [kind, at - t0]),
          );
          expect(all.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(3);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('makes one alarm of each condition when several apply the same at once', async () => {
    const ids = await manyDevices('race', 50);
    const batch = ids.map((deviceId) => raise(1, { deviceId }));
    await Promise.all(Array.from({ length: 8 }, (_, n) => apply(...(n % 2 ? batch.toReversed() : batch))));
    expect(await alarms()).toHaveLength(50);
    expect(await steps()).toHaveLength(50);
    expect(await events()).toHaveLength(50);
    expect((await alarms()).every(({ occurrences }) => occurrences === 1)).toBe(true);
  });

  it('takes a storm of 5,000 alarms in one go, and again without effect', async () => {
    const ids = await manyDevices('storm', 5000);
    const storm = ids.map((deviceId) => raise(1, { deviceId }));
    await apply(...storm);
    await apply(...storm);
    const count = async (table: 'alarms' | 'alarmSteps' | 'outbox') =>
      (
        await test.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n;
    expect([await count('alarms'), await count('alarmSteps'), await count('outbox')]).toEqual([5000, 5000, 5000]);
    await apply(...ids.map((deviceId) => clear(2, { deviceId })));
    const open = await test.db.selectFrom('alarms').select('state').distinct().execute();
    expect(open).toEqual([{ state: 'returned-unacknowledged' }]);
  });

  it('leaves nothing behind when its transaction fails', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await writer.apply(tx, [raise(1)]);
      throw new Error('power cut');
    });
    await expect(failed).rejects.toThrow('power cut');
    expect([await alarms(), await steps(), await events()]).toEqual([[], [], []]);
  });
});

describe('acknowledging', () => {
  it('is idempotent and audited', async () => {
    await apply(raise(1));
    const { id } = await onlyAlarm();
    await service.acknowledge(operator, id, 'seen');
    await service.acknowledge(operator, id);
    expect(await onlyAlarm()).toMatchObject({ state: 'acknowledged', acknowledgedBy: operator.id });
    expect((await steps()).filter(({ action }) => action === 'acknowledge')).toMatchObject([
      { note: 'seen', actorKind: 'person' },
    ]);
    const audit = await test.db
      .selectFrom('auditTrail')
      .selectAll()
      .where('subjectId', '=', id)
      .where('action', '=', 'alarm.acknowledged')
      .execute();
    expect(audit).toHaveLength(1);
  });

  it('of what is over brings it back to normal', async () => {
    await apply(raise(1), clear(2));
    const { id } = await onlyAlarm();
    await service.acknowledge(operator, id);
    expect(await onlyAlarm()).toMatchObject({ state: 'normal' });
    await service.acknowledge(operator, id);
    expect(await steps()).toHaveLength(3);
  });

  it('does not find an alarm outside the area of the person, nor one that is not there', async () => {
    await apply(raise(1));
    const { id } = await onlyAlarm();
    const elsewhere = { ...operator, areaId: 'g2' };
    await expect(service.acknowledge(elsewhere, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.acknowledge(operator, systemIds.next())).rejects.toMatchObject({ code: 'not-found' });
    expect(await onlyAlarm()).toMatchObject({ state: 'unacknowledged' });
  });

  it('races with another person and with the end of the condition, and loses nothing', async () => {
    for (let round = 0; round < 15; round += 1) {
      await test.db.deleteFrom('alarmSteps').execute();
      await test.db.deleteFrom('alarms').execute();
      await apply(raise(1));
      const { id } = await onlyAlarm();
      await Promise.all([
        service.acknowledge(operator, id),
        apply(clear(2)),
        service.acknowledge(operator, id),
        apply(clear(2)),
      ]);
      expect(await onlyAlarm()).toMatchObject({ state: 'normal', conditionActive: false, acknowledgedBy: operator.id });
      expect((await steps()).map(({ action }) => action).toSorted()).toEqual(['acknowledge', 'clear', 'raise']);
    }
  });
});

describe('reconciling after a restart', () => {
  const reconcile = (source: ConditionSource) => new AlarmReconciler(test.db, unitOfWork, writer).reconcile(source);

  it('raises what is missing and clears what is over, twice as well as once', async () => {
    await aDevice(test.db, { id: 'c1/other' });
    await apply(raise(1), raise(1, { ruleId: 'fire-heat' }));
    const source: ConditionSource = {
      activeConditions: () => [raise(1), raise(9, { deviceId: 'c1/other' })],
      adopt: (open) =>
        open.filter(({ ruleId }) => ruleId === 'fire-heat').map((one) => clear(0, { ...one, at: one.at + 5 })),
      takeKnownEnds: () => undefined,
    };
    await reconcile(source);
    await reconcile(source);
    expect(
      (await alarms()).map(({ deviceId, ruleId, conditionActive }) => [deviceId, ruleId, conditionActive]).toSorted(),
    ).toEqual([
      ['c1/other', 'fire-smoke', true],
      ['c1/smoke-1', 'fire-heat', false],
      ['c1/smoke-1', 'fire-smoke', true],
    ]);
    expect(await steps()).toHaveLength(4);
  });

  it('says when it ended what holds for the detector alone', async () => {
    await aDevice(test.db, { id: 'c1/third' });
    await apply(raise(1), clear(5), raise(7, { ruleId: 'fire-heat' }));
    const ends: unknown[] = [];
    await reconcile({
      activeConditions: () => [raise(1), raise(7, { ruleId: 'fire-heat' }), raise(9, { deviceId: 'c1/third' })],
      adopt: () => [],
      takeKnownEnds: (list) => ends.push(...list),
    });
    expect(ends).toEqual([
      { deviceId: 'c1/smoke-1', domain: 'fire', ruleId: 'fire-smoke', subject: '', at: clear(5).at },
    ]);
  });

  it('ends the alarms of a retired device', async () => {
    await aDevice(test.db, { id: 'c1/retired' });
    await apply(raise(1, { deviceId: 'c1/retired' }));
    await test.db.updateTable('devices').set({ state: 'retired' }).where('id', '=', 'c1/retired').execute();
    await reconcile({ activeConditions: () => [], adopt: () => [], takeKnownEnds: () => undefined });
    expect(await onlyAlarm()).toMatchObject({ conditionActive: false });
  });
});

it('cannot be fooled into a second active alarm even around the writer: the database refuses', async () => {
  await apply(raise(1));
  const alarm = await onlyAlarm();
  const second = test.db
    .insertInto('alarms')
    .values({ ...alarm, id: systemIds.next(), cause: json(alarm.cause) })
    .execute();
  await expect(second).rejects.toMatchObject({ code: '23505', constraint: 'alarms_one_active' });
  expect(isTransientDatabaseError({ code: '23505' })).toBe(false);
});

async function manyDevices(prefix: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => `c1/${prefix}-${n}`);
  for (let start = 0; start < count; start += 1000)
    await test.db
      .insertInto('devices')
      .values(
        ids.slice(start, start + 1000).map((id) => ({
          id,
          domain: 'fire',
          name: id,
          areaId: 'r1',
          secretHash: Buffer.alloc(32),
          state: 'registered' as const,
          createdAt: new Date(t0),
        })),
      )
      .execute();
  return ids;
}
