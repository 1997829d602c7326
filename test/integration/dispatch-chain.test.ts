import type { Person, Role } from '@sc/contracts';
import { aPerson, aShift } from '../support/builders.js';
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
    await d.raise();
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
      await d.raise({ areaId });
      await d.run();
      chosen.push((await d.order()).assigneeId);
    }
    // The third is in the other grid, where only the first of the two is on shift.
    expect(chosen).toEqual([ids[0], ids[1], ids[0]]);
    const { id } = await d.order();
    const watcher = await person('operator', 'c1');
    expect((await d.reader.detail(watcher, id)).candidates).toMatchObject([
      { personId: ids[0], chosen: true, reason: 'least-load', openOrders: 1 },
    ]);
  });
});
