import { sql } from 'kysely';
import { aDevice, aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

let d: TestDispatch;
beforeEach(async () => {
  d = await startDispatch();
  await aShift(d.db, await aPerson(d.db));
});
afterEach(() => d.stop());

const incidents = () => d.db.selectFrom('incidents').selectAll().orderBy('openedAt').orderBy('id').execute();
const orders = () => d.db.selectFrom('workOrders').selectAll().orderBy('sequence').execute();
const events = async (type: string) => {
  const rows = await d.db.selectFrom('outbox').selectAll().execute();
  return rows.filter((row) => row.type === type);
};
/** A manager takes the latest order through to its end; an operator verifies. */
const finish = async () => {
  const manager = await d.personById(await aPerson(d.db, { role: 'manager', areaId: 'c1' }));
  const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
  const file = await d.db
    .insertInto('attachments')
    .values({
      id: sql`gen_random_uuid()` as unknown as string,
      workOrderId: (await d.order()).id,
      mediaType: 'image/png',
      bytes: 1,
      sha256: Buffer.from(manager.id),
      uploadedBy: manager.id,
      uploadedAt: new Date(0),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const action of ['accept', 'start'] as const) expect((await d.act(manager, action)).ok).toBe(true);
  expect((await d.act(manager, 'report', { note: 'seen', attachmentIds: [file.id] })).ok).toBe(true);
  for (const action of ['verify', 'close'] as const) expect((await d.act(operator, action)).ok).toBe(true);
};

describe('an incident', () => {
  it('gathers the alarms of one building, is as grave as its gravest, and has one order', async () => {
    await d.raise({ areaId: 'r1', severity: 'severe' });
    await d.raise({ areaId: 'r2', severity: 'extreme' });
    await d.raise({ areaId: 'b2', severity: 'minor' });
    await d.run();
    expect((await incidents()).map(({ areaId, severity }) => [areaId, severity])).toEqual([
      ['b1', 'extreme'],
      ['b2', 'minor'],
    ]);
    expect((await orders()).map(({ severity, dutyGridId }) => [severity, dutyGridId])).toEqual([
      ['extreme', 'g1'],
      ['minor', 'g2'],
    ]);
  });

  it('of a fire is never part of the work on a device: it gets an order and a person of its own at once', async () => {
    await d.raise({ areaId: 'r1', severity: 'minor' });
    await d.run();
    const [maintenance] = await orders();
    const officer = await d.personById(maintenance!.assigneeId!);
    expect(await d.act(officer, 'accept')).toMatchObject({ ok: true });
    await d.raise({ areaId: 'r1', severity: 'extreme' });
    await d.run();
    expect((await orders()).map(({ category, state, severity }) => [category, state, severity]).sort()).toEqual([
      ['fire-device-maintenance', 'accepted', 'minor'],
      ['fire-emergency', 'dispatched', 'extreme'],
    ]);
    expect(await incidents()).toHaveLength(2);
  });

  it('is not opened by an alarm that asks for nobody', async () => {
    await d.raise({ workOrder: false });
    await d.run();
    expect(await incidents()).toEqual([]);
  });

  it('closes when its order is final and all its alarms are over, whichever comes last', async () => {
    const first = await d.raise();
    await d.run();
    await finish();
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
    await d.clear(first);
    await d.run();
    expect(await incidents()).toMatchObject([{ state: 'closed', closedAt: new Date(d.clock.now()) }]);

    const second = await d.raise();
    await d.run();
    await d.clear(second);
    await d.run();
    expect((await incidents())[1]).toMatchObject({ state: 'open' });
    await finish();
    expect((await incidents())[1]).toMatchObject({ state: 'closed' });
  });

  it('is a new one when an alarm begins again after the closing; the old story keeps the alarm', async () => {
    const alarm = await d.raise();
    await d.run();
    await d.clear(alarm);
    await d.run();
    await finish();
    d.clock.advance(1000);
    await d.again(alarm);
    await d.run();
    const [old, young] = await incidents();
    expect([old!.state, young!.state]).toEqual(['closed', 'open']);
    expect(await orders()).toHaveLength(2);
    const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
    expect((await d.incidents.detail(operator, old!.id)).alarms.map(({ id }) => id)).toEqual([alarm]);
    expect((await d.incidents.detail(operator, young!.id)).alarms.map(({ id }) => id)).toEqual([alarm]);
  });

  it('gets a second order when an alarm begins again while it is still open', async () => {
    const [one, two] = [await d.raise({ areaId: 'r1' }), await d.raise({ areaId: 'r2' })];
    await d.run();
    await finish();
    await d.clear(one!);
    await d.again(one!);
    await d.run();
    expect(await incidents()).toHaveLength(1);
    expect((await orders()).map(({ state }) => state)).toEqual(['closed', 'dispatched']);
    expect(two).toBeDefined();
  });

  it('is not opened again by a raise that comes late, after all of it was closed', async () => {
    const alarm = await d.raise();
    await d.run();
    await d.again(alarm);
    const late = (await d.jobs('open-incident'))[0]!;
    await d.clear(alarm);
    await d.run();
    await finish();
    d.clock.advance(1000);
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('id', '=', late.id).execute();
    await d.run();
    expect(await incidents()).toHaveLength(1);
  });

  it('is opened by a raise that was over before anybody looked', async () => {
    const alarm = await d.raise();
    await d.clear(alarm);
    await d.run();
    expect(await orders()).toMatchObject([{ state: 'dispatched' }]);
  });

  it('is closed with a voided order', async () => {
    const alarm = await d.raise();
    await d.run();
    await d.clear(alarm);
    await d.run();
    const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
    expect(await d.act(operator, 'void', { note: 'toast' })).toEqual({ ok: true, state: 'voided' });
    expect(await incidents()).toMatchObject([{ state: 'closed' }]);
  });
});

describe('work that comes again, late or half done', () => {
  it('changes nothing the second time, for every kind of job', async () => {
    const alarm = await d.raise();
    await d.run();
    d.clock.advance((await d.order()).acceptWithinSeconds * 1000);
    await d.clear(alarm);
    await d.run();
    const facts = async () => ({
      incidents: await incidents(),
      orders: await orders(),
      steps: await d.db.selectFrom('workOrderSteps').selectAll().orderBy('id').execute(),
      notifications: await d.db.selectFrom('notifications').selectAll().orderBy('id').execute(),
      outbox: await d.db.selectFrom('outbox').select('id').orderBy('position').execute(),
      audit: await d.db.selectFrom('auditTrail').select('sequence').orderBy('sequence').execute(),
    });
    const before = await facts();
    const done = (await d.jobs()).filter(({ state }) => state === 'done');
    expect([...new Set(done.map(({ name }) => name))].sort()).toEqual([
      'escalate-work-order',
      'follow-incident',
      'notify-people',
      'open-incident',
      'send-webhook',
      'tell-groups',
    ]);
    for (const job of done) await Promise.all([d.handle(job), d.handle(job)]);
    expect(await facts()).toEqual(before);
    // Even when the row itself is replayed: the state is what decides.
    for (const job of done) {
      await d.db.updateTable('jobs').set({ state: 'pending' }).where('id', '=', job.id).execute();
      await Promise.all([d.handle(job), d.handle(job)]);
    }
    expect(await facts()).toEqual(before);
  });

  it('leaves nothing behind when the transaction breaks, and works the next time', async () => {
    await sql`create function break_it() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(
      d.db,
    );
    await d.raise();
    for (const table of ['work_order_candidates', 'work_order_steps', 'incidents', 'outbox', 'audit_trail']) {
      await sql`create trigger break_it before insert on ${sql.table(table)} for each row execute function break_it()`.execute(
        d.db,
      );
      await expect(d.run()).rejects.toThrow('killed');
      expect([await incidents(), await orders()]).toEqual([[], []]);
      expect((await d.jobs('open-incident')).map(({ state }) => state)).toEqual(['pending']);
      await sql`drop trigger break_it on ${sql.table(table)}`.execute(d.db);
    }
    await d.run();
    expect(await orders()).toMatchObject([{ state: 'dispatched' }]);
    expect(await events('incident.opened.v1')).toHaveLength(1);
  });

  it('gives up at once on a job about an event that is not there', async () => {
    await d.unitOfWork.run(async ({ schedule }) =>
      schedule({ name: 'open-incident', subject: 'x', payload: { eventId: '00000000-0000-4000-8000-000000000000' } }),
    );
    await expect(d.run()).rejects.toMatchObject({ code: 'job-unrecoverable' });
  });
});

describe('a storm', () => {
  it('of 80 incidents, three alarms each, handled twelve at once: one incident, one order, one officer each', async () => {
    const buildings = Array.from({ length: 80 }, (_, n) => `storm-${n}`);
    await d.db
      .insertInto('areas')
      .values(
        buildings.map((id, n) => ({
          id,
          kind: 'building' as const,
          parentId: n % 2 ? 'g1' : 'g2',
          path: ['d1', 's1', 'c1', n % 2 ? 'g1' : 'g2', id],
          name: JSON.stringify({ 'zh-CN': id, en: id }),
          shape: null,
          createdAt: new Date(0),
        })),
      )
      .execute();
    for (let n = 0; n < 3; n += 1) await aShift(d.db, await aPerson(d.db), 'g1');
    for (let n = 0; n < 5; n += 1) await aShift(d.db, await aPerson(d.db, { areaId: 'g2' }), 'g2');
    for (const areaId of buildings)
      for (let n = 0; n < 3; n += 1)
        await d.raise({ areaId, deviceId: await aDevice(d.db, { id: `c1/${areaId}-${n}`, areaId }) });
    await d.run(12);
    expect(await incidents()).toHaveLength(80);
    const all = await orders();
    expect(all).toHaveLength(80);
    expect(new Set(all.map(({ incidentId }) => incidentId)).size).toBe(80);
    expect(all.every(({ state, assigneeId }) => state === 'dispatched' && assigneeId)).toBe(true);
    // Four officers in one grid, five in the other, forty orders each: spread to the last one.
    const loads = [...Map.groupBy(all, ({ assigneeId }) => assigneeId).values()].map(({ length }) => length);
    expect(loads.sort((a, b) => a - b)).toEqual([8, 8, 8, 8, 8, 10, 10, 10, 10]);
    expect(await d.db.selectFrom('alarms').select('id').where('incidentId', 'is', null).execute()).toEqual([]);
    // Danger to life: all nine on shift are called to each.
    expect(await d.db.selectFrom('notifications').select('id').execute()).toHaveLength(9 * 80);
    expect(await events('incident.opened.v1')).toHaveLength(80);
  }, 240_000);

  it('of orders at the same moment sees the load each other makes: eight free officers, one order each', async () => {
    for (let n = 0; n < 7; n += 1) await aShift(d.db, await aPerson(d.db));
    const areas = Array.from({ length: 8 }, (_, n) => ({
      id: `at-once-${n}`,
      path: ['d1', 's1', 'c1', 'g1', `at-once-${n}`],
    }));
    const rest = {
      kind: 'building' as const,
      parentId: 'g1',
      name: JSON.stringify({}),
      shape: null,
      createdAt: new Date(0),
    };
    await d.db
      .insertInto('areas')
      .values(areas.map((area) => ({ ...area, ...rest })))
      .execute();
    for (const { id } of areas) await d.raise({ areaId: id });
    await d.run(8);
    expect(new Set((await orders()).map(({ assigneeId }) => assigneeId)).size).toBe(8);
  });

  it('of alarms in one building at the same moment is one incident', async () => {
    for (let n = 0; n < 40; n += 1) await d.raise();
    await d.run(10);
    expect(await incidents()).toHaveLength(1);
    expect(await orders()).toHaveLength(1);
    const links = await d.db.selectFrom('workOrderSteps').selectAll().where('action', '=', 'link-alarm').execute();
    expect(links).toHaveLength(39);
  });
});

describe('an alarm that no device can end', () => {
  const alarms = () => d.db.selectFrom('alarms').selectAll().orderBy('createdAt').orderBy('id').execute();
  const press = async (deviceId: string, ruleId = 'fire-sos') => {
    d.clock.advance(1000);
    await d.event(ruleId, deviceId);
    await d.run();
  };
  const voidIt = async (note: string) => {
    const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
    expect(await d.act(operator, 'void', { note })).toEqual({ ok: true, state: 'voided' });
    await d.run();
    return operator;
  };

  it('ends with its order, by the person who closed it; the next call is a new alarm, incident and order', async () => {
    const device = await aDevice(d.db, { id: 'c1/button' });
    await press(device);
    await press(device);
    expect(await alarms()).toMatchObject([{ state: 'unacknowledged', conditionActive: true }]);
    await finish();
    await d.run();
    const [first] = await alarms();
    expect(first).toMatchObject({ state: 'normal', conditionActive: false });
    expect(await incidents()).toMatchObject([{ state: 'closed' }]);
    const closing = await d.db.selectFrom('workOrderSteps').selectAll().where('action', '=', 'close').execute();
    const resolving = await d.db.selectFrom('alarmSteps').selectAll().where('action', '=', 'resolve').execute();
    expect(resolving).toMatchObject([{ actorKind: 'person', actorId: closing[0]!.actorId, alarmId: first!.id }]);

    await press(device);
    expect((await alarms()).map(({ state }) => state)).toEqual(['normal', 'unacknowledged']);
    expect((await incidents()).map(({ state }) => state)).toEqual(['closed', 'open']);
    expect((await orders()).map(({ state }) => state)).toEqual(['closed', 'dispatched']);
  });

  it('ends with an order that is voided too, and keeps the reason', async () => {
    await press(await aDevice(d.db, { id: 'c1/button' }));
    const operator = await voidIt('a child played with it');
    expect(await alarms()).toMatchObject([{ state: 'normal', acknowledgedBy: operator.id }]);
    expect(await incidents()).toMatchObject([{ state: 'closed' }]);
    const step = await d.db.selectFrom('alarmSteps').select('note').where('action', '=', 'resolve').execute();
    expect(step).toEqual([{ note: 'a child played with it' }]);
  });

  it('does not end what a device still reports; what joins that incident later brings an order that ends it', async () => {
    const smoke = await d.raise();
    await press(await aDevice(d.db, { id: 'c1/button' }));
    await press(await aDevice(d.db, { id: 'c1/second', areaId: 'r2' }));
    expect(await orders()).toHaveLength(1);
    await voidIt('drill');
    expect((await alarms()).map(({ state }) => state).toSorted()).toEqual(['normal', 'normal', 'unacknowledged']);
    expect(await incidents()).toMatchObject([{ state: 'open' }]);

    await press('c1/button');
    expect((await orders()).map(({ state }) => state)).toEqual(['voided', 'dispatched']);
    await voidIt('drill again');
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
    await d.clear(smoke);
    await d.run();
    expect(await incidents()).toMatchObject([{ state: 'closed' }]);
  });

  it('presses while orders are being voided leave no alarm without an incident that is open and has an order', async () => {
    const device = await aDevice(d.db, { id: 'c1/button' });
    const operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
    for (let round = 0; round < 8; round += 1) {
      await press(device);
      d.clock.advance(1000);
      await Promise.all([d.act(operator, 'void', { note: 'x' }), d.event('fire-sos', device), d.run(3)]);
      await d.run(3);
      const [active, ...others] = (await alarms()).filter(({ conditionActive }) => conditionActive);
      expect(others).toEqual([]);
      const open = (await incidents()).filter(({ state }) => state === 'open');
      expect(open.map(({ id }) => id)).toEqual(active ? [active.incidentId] : []);
      const waiting = (await orders()).filter(({ state }) => state !== 'voided');
      expect(waiting.map(({ incidentId }) => incidentId)).toEqual(open.map(({ id }) => id));
    }
  });
});
