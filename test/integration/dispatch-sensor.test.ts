import type { Severity } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { AlarmWriter } from '@sc/features/alarms';
import { json } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import { AlarmsWithoutOrder } from '../../libs/features/work-orders/alarms-without-order.js';
import { aDevice, aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

type Change = Parameters<AlarmWriter['apply']>[1][number];

const bay = 'c1/bay-1';
const lane = 'parking-fire-lane-blocked';
let d: TestDispatch;
let at: number;

const tell = (kind: Change['kind'], more: Partial<Change> = {}) =>
  d.unitOfWork.run((tx) =>
    d.module.get(AlarmWriter, { strict: false }).apply(tx, [
      {
        kind,
        deviceId: bay,
        ruleId: lane,
        subject: '',
        ruleVersion: 1,
        at: (at += 1000),
        cause: { kind: 'threshold' },
        ...more,
      },
    ]),
  );
const orders = () => d.db.selectFrom('workOrders').selectAll().orderBy('sequence').execute();
const states = async () => (await orders()).map(({ state }) => state);
const steps = async () =>
  (await d.db.selectFrom('workOrderSteps').selectAll().orderBy('at').orderBy('id').execute()).map(
    ({ action, actorKind }) => `${action} ${actorKind}`,
  );
const incident = () => d.db.selectFrom('incidents').selectAll().executeTakeFirstOrThrow();
const onWay = async () => {
  await tell('raise');
  await d.run();
  const officer = await d.personById((await d.order()).assigneeId ?? '');
  for (const action of ['accept', 'start'] as const) expect(await d.act(officer, action)).toMatchObject({ ok: true });
  return officer;
};

beforeEach(async () => {
  d = await startDispatch();
  at = d.clock.now();
  await aShift(d.db, await aPerson(d.db));
  await aDevice(d.db, { id: bay, domain: 'parking' });
  await aDevice(d.db, { id: 'c1/bay-2', domain: 'parking' });
  for (const rule of domainByName('parking')?.rules ?? [])
    await d.db
      .insertInto('rules')
      .values({
        id: rule.id,
        version: 1,
        domain: 'parking',
        enabled: true,
        definition: json(rule),
        updatedAt: new Date(0),
      })
      .execute();
});
afterEach(() => d.stop());

describe('an order that the sensor verifies', () => {
  it('is verified and closed when the device shows that it is over, with its incident; the officer is told', async () => {
    await onWay();
    await tell('clear');
    await d.run();
    expect(await states()).toEqual(['closed']);
    expect((await steps()).slice(-2)).toEqual(['sensor-verify system', 'close system']);
    expect(await incident()).toMatchObject({ state: 'closed' });
    const [alarm] = await d.db.selectFrom('alarms').selectAll().execute();
    const verified = await d.db
      .selectFrom('workOrderSteps')
      .selectAll()
      .where('action', '=', 'sensor-verify')
      .executeTakeFirstOrThrow();
    expect(verified.data).toEqual({
      alarmId: alarm?.id,
      deviceId: bay,
      endedAt: new Date(at).toISOString(),
      cause: 'threshold',
    });
    const told = await d.db.selectFrom('notifications').select(['kind', 'personId']).execute();
    expect(told).toContainEqual({ kind: 'work-order-closed-by-sensor', personId: (await d.order()).assigneeId });
    const audit = await d.db.selectFrom('auditTrail').select('action').execute();
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['work-order.sensor-verify', 'work-order.close', 'incident.closed']),
    );
  });

  it('counts quiet, and waits for the last of several', async () => {
    await tell('raise');
    await tell('raise', { deviceId: 'c1/bay-2' });
    await d.run();
    await tell('clear', { cause: { kind: 'quiet' } });
    await d.run();
    expect(await states()).toEqual(['dispatched']);
    await tell('clear', { deviceId: 'c1/bay-2' });
    await d.run();
    expect(await states()).toEqual(['closed']);
  });

  it.each(['rule-off', 'device-gone', 'overflow', 'rebuilt'])(
    'stays open when the condition ended by "%s"',
    async (kind) => {
      await onWay();
      await tell('clear', { cause: { kind } });
      await d.run();
      expect(await states()).toEqual(['in-hand']);
    },
  );

  it('is no life-safety order: fire is never judged by its sensor', async () => {
    const alarmId = await d.raise();
    await d.run();
    await d.clear(alarmId);
    await d.run();
    expect(await states()).toEqual(['dispatched']);
  });

  it('gets no escalation any more', async () => {
    await tell('raise');
    await d.run();
    await tell('clear');
    await d.run();
    const before = await steps();
    d.clock.advance(3600_000);
    await d.run();
    expect(await steps()).toEqual(before);
    expect(await states()).toEqual(['closed']);
  });

  it('sends nobody when it was over before its turn came, and is opened anew when it begins again', async () => {
    await tell('raise');
    await tell('clear');
    await d.run(4);
    expect(await steps()).toEqual(['register system', 'sensor-verify system', 'close system']);
    expect(await d.db.selectFrom('notifications').selectAll().execute()).toEqual([]);
    await tell('raise');
    await d.run();
    expect(await states()).toEqual(['closed', 'dispatched']);
  });

  it('has one winner when the officer reports while the sensor verifies', async () => {
    for (let round = 0; round < 10; round += 1) {
      const officer = await onWay();
      const { id: orderId } = await d.order();
      await tell('clear');
      const [, result] = await Promise.all([d.run(), d.act(officer, 'report', { orderId, note: 'clear' })]);
      await d.run();
      // reported first, it was verified all the same; closed first, the report is refused and says so
      if (!result.ok) expect(result).toMatchObject({ code: 'action-not-allowed' });
      expect((await orders()).at(-1)?.state).toBe('closed');
      const told = await d.db
        .selectFrom('workOrderSteps')
        .select('action')
        .where('workOrderId', '=', orderId)
        .where('action', 'in', ['report', 'sensor-verify', 'close'])
        .execute();
      expect(told.map(({ action }) => action).sort()).toEqual(
        result.ok ? ['close', 'report', 'sensor-verify'] : ['close', 'sensor-verify'],
      );
      const [alarm] = await d.db.selectFrom('alarms').selectAll().where('state', '<>', 'normal').execute();
      if (alarm) await d.db.updateTable('alarms').set({ state: 'normal' }).where('id', '=', alarm.id).execute();
    }
  });

  it('is closed by the sweep when the job of the end died', async () => {
    await onWay();
    await tell('clear');
    await d.relay();
    await d.db
      .updateTable('jobs')
      .set({ state: 'dead', finishedAt: new Date(d.clock.now()) })
      .where('name', '=', 'follow-incident')
      .where('state', '=', 'pending')
      .execute();
    await d.run();
    expect(await states()).toEqual(['in-hand']);
    await new AlarmsWithoutOrder(d.db, d.clock, createLogger('silent')).sweepOnce();
    await d.run();
    expect(await states()).toEqual(['closed']);
    // and nothing is opened again for what is over
    await new AlarmsWithoutOrder(d.db, d.clock, createLogger('silent')).sweepOnce();
    expect(await d.run()).toBe(0);
  });
});

describe('an alarm that becomes graver', () => {
  const low = { severity: 'minor' as Severity, workOrder: false };
  const high = { severity: 'severe' as Severity, workOrder: true };

  it('gets the order it did not ask for before, once, and again by the sweep when the job died', async () => {
    await tell('raise', { level: low });
    await d.run();
    expect(await orders()).toEqual([]);
    await tell('escalate', { level: high });
    await d.relay();
    await d.db
      .updateTable('jobs')
      .set({ state: 'dead', finishedAt: new Date(d.clock.now()) })
      .where('name', '=', 'follow-incident')
      .execute();
    await new AlarmsWithoutOrder(d.db, d.clock, createLogger('silent')).sweepOnce();
    await d.run();
    for (const job of await d.jobs('follow-incident')) await d.handle(job);
    expect((await orders()).map(({ severity, category }) => [severity, category])).toEqual([
      ['severe', 'parking-fire-lane'],
    ]);
    expect(await incident()).toMatchObject({ severity: 'severe', state: 'open' });
  });

  it('makes its order graver, without a second one', async () => {
    await tell('raise', { level: { severity: 'moderate', workOrder: true } });
    await d.run();
    await tell('escalate', { level: high });
    await d.run();
    expect((await orders()).map(({ severity }) => severity)).toEqual(['severe']);
  });

  it('brings nobody again when its order ended after it rose', async () => {
    const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
    await tell('raise', { level: low });
    await tell('escalate', { level: high });
    await d.run();
    expect(await d.act(operator, 'void', { note: 'seen on camera' })).toMatchObject({ ok: true });
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('name', '=', 'follow-incident').execute();
    await d.run();
    expect(await orders()).toHaveLength(1);
  });
});
