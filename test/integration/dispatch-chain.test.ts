import type { Person, Role } from '@sc/contracts';
import { aPerson, aShift } from '../support/builders.js';
import { AlarmsWithoutOrder } from '../../libs/features/work-orders/alarms-without-order.js';
import { OverdueOrders } from '../../libs/features/work-orders/overdue-orders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

let d: TestDispatch;
beforeEach(async () => {
  d = await startDispatch();
});
afterEach(() => d.stop());

const person = async (role: Role, areaId: string, shift?: string): Promise<Person> => {
  const id = await aPerson(d.db, { role, areaId });
  if (shift) await aShift(d.db, id, shift);
  return d.personById(id);
};
const pass = async () => {
  d.clock.advance((await d.order()).acceptWithinSeconds * 1000);
  await d.run();
};
const toldOf = (kind: string) => d.db.selectFrom('notifications').selectAll().where('kind', '=', kind).execute();

describe('the chain', () => {
  it('goes grid → grid → community → managers, and stays with the last one, who is reminded', async () => {
    const grid = [await person('officer', 'g1', 'g1'), await person('officer', 'g1', 'g1')];
    const community = await person('officer', 'g2', 'g2');
    const near = await person('manager', 'c1');
    const far = await person('manager', 'd1');
    await person('manager', 'g2');
    // not danger to life: that calls everyone at once
    await d.raise({ severity: 'moderate' });
    await d.run();
    const asked: (string | null)[] = [];
    for (let level = 0; level < 7; level += 1) {
      const order = await d.order();
      expect(order).toMatchObject({ state: 'dispatched', escalationLevel: level });
      asked.push(order.assigneeId);
      await pass();
    }
    expect(new Set(asked.slice(0, 2))).toEqual(new Set(grid.map(({ id }) => id)));
    expect(asked.slice(2)).toEqual([community.id, near.id, far.id, far.id, far.id]);
    expect(await toldOf('work-order-assigned')).toHaveLength(1);
    expect(await toldOf('work-order-escalated')).toHaveLength(7);
    const pending = (await d.jobs('escalate-work-order')).filter(({ state }) => state === 'pending');
    expect(pending).toHaveLength(1);
  });

  it('starts higher at once when nobody is on shift in the grid', async () => {
    const other = await person('officer', 'g2', 'g2');
    await person('officer', 'g1');
    await d.raise();
    await d.run();
    expect(await d.order()).toMatchObject({ state: 'dispatched', assigneeId: other.id, escalationLevel: 0 });
  });

  it('does not ask people whose shift is over or who left', async () => {
    const gone = await aPerson(d.db, { areaId: 'g1' });
    await aShift(d.db, gone, 'g1');
    await d.db.updateTable('people').set({ active: false }).where('id', '=', gone).execute();
    const late = await aPerson(d.db, { areaId: 'g1' });
    await aShift(d.db, late, 'g1', new Date(0), new Date(d.clock.now()));
    const manager = await person('manager', 'c1');
    await d.raise();
    await d.run();
    expect((await d.order()).assigneeId).toBe(manager.id);
  });

  it('with nobody at all tells the control room, tries again, and finds who comes on shift later', async () => {
    const operator = await person('operator', 'c1');
    await d.raise();
    await d.run();
    expect(await d.order()).toMatchObject({ state: 'registered', assigneeId: null });
    expect(await toldOf('work-order-escalated')).toMatchObject([{ personId: operator.id }]);
    await pass();
    expect(await d.order()).toMatchObject({ state: 'registered', escalationLevel: 1 });
    const officer = await person('officer', 'g1', 'g1');
    await pass();
    expect(await d.order()).toMatchObject({ state: 'dispatched', assigneeId: officer.id, escalationLevel: 2 });
  });

  it('changes nothing by a repeated job, one of an older level, or one that comes after acceptance', async () => {
    const first = await person('officer', 'g1', 'g1');
    await person('manager', 'c1');
    await d.raise();
    await d.run();
    await pass();
    const [level0] = await d.jobs('escalate-work-order');
    await d.handle(level0!);
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('id', '=', level0!.id).execute();
    await d.handle(level0!);
    expect(await d.order()).toMatchObject({ escalationLevel: 1 });
    expect(await d.act(first, 'accept')).toMatchObject({ ok: true });
    await pass();
    expect(await d.order()).toMatchObject({ state: 'accepted', assigneeId: first.id, escalationLevel: 1 });
  });

  it('gives the order to the least loaded, the same one each time loads are equal, and says why', async () => {
    const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    for (const id of ids) {
      await aPerson(d.db, { id, areaId: 'g1' });
      await aShift(d.db, id);
    }
    const places = ['r1', 'g1', 'b2'];
    const chosen: (string | null)[] = [];
    await aShift(d.db, ids[0]!, 'g2');
    for (const areaId of places) {
      await d.raise({ areaId, severity: 'moderate' });
      await d.run();
      chosen.push((await d.order()).assigneeId);
    }
    // The third is in the other grid, where only the first of the two is on shift.
    expect(chosen).toEqual([ids[0], ids[1], ids[0]]);
    const { id } = await d.order();
    const watcher = await person('operator', 'c1');
    expect((await d.reader.detail(watcher, id)).candidates).toMatchObject([
      { personId: ids[0], chosen: true, reason: 'only-one', openOrders: 1, facts: { load: 2, givenInShift: 1 } },
    ]);
  });
});

describe('an order that is ignored', () => {
  const told = async () => {
    const steps = await d.db.selectFrom('workOrderSteps').selectAll().where('action', '=', 'escalate').execute();
    return steps.filter(({ data }) => data['outcome'] === 'remind' || data['outcome'] === 'nobody').length;
  };

  it.each(['manager', 'operator'] as const)(
    'reminds the %s each time; the story keeps ten, then one an hour',
    async (role) => {
      await person(role, 'c1');
      await d.raise();
      await d.run();
      const intervals = 10 + 2 * 20;
      for (let i = 0; i < intervals; i += 1) await pass();
      expect((await d.order()).acceptWithinSeconds).toBe(180);
      expect(await d.order()).toMatchObject({ escalationLevel: intervals });
      // with nobody to ask, the first attempt reaches nobody too; a manager is asked, and the control room is told why
      expect(await told()).toBe(12);
      const reminders = await toldOf('work-order-escalated');
      expect(reminders).toHaveLength(intervals + 1);
      const audit = await d.db
        .selectFrom('auditTrail')
        .selectAll()
        .where('action', '=', 'work-order.escalate')
        .execute();
      expect(audit).toHaveLength(role === 'operator' ? 12 : 13);
    },
  );
});

describe('an order past its time whose escalation is gone', () => {
  const sweep = () => d.module.get(OverdueOrders, { strict: false }).sweepOnce();
  const escalations = async () => (await d.jobs('escalate-work-order')).map(({ subject, state }) => [subject, state]);
  const kill = () =>
    d.db
      .updateTable('jobs')
      .set({ state: 'dead', attempts: 10, lastError: 'Error: x', finishedAt: new Date(d.clock.now()) })
      .where('name', '=', 'escalate-work-order')
      .where('state', '=', 'pending')
      .execute();
  let manager: Person;
  beforeEach(async () => {
    await person('officer', 'g1', 'g1');
    manager = await person('manager', 'c1');
    await d.raise();
    await d.run();
  });

  it('is left alone while it has time, a pending escalation, or somebody who accepted', async () => {
    await kill();
    await sweep();
    const { id } = await d.order();
    expect(await escalations()).toEqual([[`${id}:0`, 'dead']]);
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('state', '=', 'dead').execute();
    d.clock.advance(1_000_000);
    await sweep();
    expect((await d.jobs('escalate-work-order'))[0]).toMatchObject({ state: 'pending', replayedAt: null });
    expect(await d.act(manager, 'accept')).toMatchObject({ ok: true });
    await kill();
    await sweep();
    expect(await escalations()).toEqual([[`${id}:0`, 'dead']]);
  });

  it('gets it back when the job died, and goes up the chain', async () => {
    const { id } = await d.order();
    d.clock.advance(180_000);
    await kill();
    await Promise.all([sweep(), sweep(), sweep()]);
    await d.run();
    expect(await d.order()).toMatchObject({ escalationLevel: 1, assigneeId: manager.id });
    expect(await escalations()).toEqual([
      [`${id}:0`, 'done'],
      [`${id}:1`, 'pending'],
    ]);
  });

  it('gets it back when the row is lost, or ended without effect', async () => {
    d.clock.advance(180_000);
    await d.db.deleteFrom('jobs').where('name', '=', 'escalate-work-order').execute();
    await Promise.all([sweep(), sweep(), sweep()]);
    await d.run();
    expect(await d.order()).toMatchObject({ escalationLevel: 1 });
    d.clock.advance(180_000);
    await d.db.updateTable('jobs').set({ state: 'cancelled' }).where('state', '=', 'pending').execute();
    await sweep();
    await d.run();
    expect(await d.order()).toMatchObject({ escalationLevel: 2 });
  });

  it('is tried anew once per interval when the job keeps dying', async () => {
    d.clock.advance(180_000);
    let revived = 0;
    for (let second = 0; second < 900; second += 5) {
      await kill();
      await sweep();
      if ((await escalations())[0]![1] === 'pending') revived += 1;
      d.clock.advance(5_000);
    }
    expect(revived).toBe(5);
    expect(await escalations()).toHaveLength(1);
  });
});

describe('an alarm whose order could not be made', () => {
  const sweep = () => d.module.get(AlarmsWithoutOrder, { strict: false }).sweepOnce();
  const die = () =>
    d.db
      .updateTable('jobs')
      .set({ state: 'dead', attempts: 10, lastError: 'Error: x', finishedAt: new Date(d.clock.now()) })
      .where('name', '=', 'open-incident')
      .where('state', '=', 'pending')
      .execute();
  const openIncident = async () => (await d.jobs('open-incident'))[0];

  beforeEach(async () => {
    await person('officer', 'g1', 'g1');
    await d.raise();
    await d.relay();
    await die();
  });

  it('gets it after all, by itself', async () => {
    await Promise.all([sweep(), sweep()]);
    await d.run();
    expect(await d.order()).toMatchObject({ state: 'dispatched' });
    expect(await openIncident()).toMatchObject({ state: 'done' });
  });

  it('is tried again once a minute, not all the time', async () => {
    await sweep();
    await die();
    await sweep();
    expect(await openIncident()).toMatchObject({ state: 'dead' });
    d.clock.advance(60_000);
    await sweep();
    expect(await openIncident()).toMatchObject({ state: 'pending' });
  });

  it('is left alone when the alarm is over', async () => {
    await d.db.updateTable('alarms').set({ state: 'normal', conditionActive: false }).execute();
    await sweep();
    expect(await openIncident()).toMatchObject({ state: 'dead' });
  });
});
