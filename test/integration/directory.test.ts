import { aPerson, aShift } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
let admin: string;
let officer: string;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('admin', 'admin', 'c1');
  const { id } = await gateway.person('officer', 'officer', 'g1');
  await aShift(gateway.database.db, id, 'g1');
  await aShift(gateway.database.db, id, 'g2', new Date(0), new Date(1));
  await aShift(gateway.database.db, await aPerson(gateway.database.db, { areaId: 'g2' }), 'g2');
  await aPerson(gateway.database.db, { areaId: 'd1', role: 'manager' });
  [admin, officer] = [await gateway.login('admin'), await gateway.login('officer')];
});
afterAll(() => gateway.stop());

const get = (path: string, cookie: string) => gateway.call('GET', path, { cookie });
const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

describe('the directory', () => {
  it('shows the area of the role and all below it, of those above only the names, nothing beside', async () => {
    expect(ids((await get('areas', officer)).body)).toEqual(['d1', 's1', 'c1', 'g1', 'b1', 'r1', 'r2']);
    const shape = JSON.stringify({ type: 'Polygon', coordinates: [] });
    const { db } = gateway.database;
    await db.updateTable('areas').set({ shape, households: 7 }).where('id', 'in', ['s1', 'c1']).execute();
    const { body } = await get('areas', admin);
    expect(ids(body)).toEqual(['d1', 's1', 'c1', 'g1', 'b1', 'r1', 'r2', 'g2', 'b2']);
    expect(body.nextCursor).toBeNull();
    expect(body.items[1]).toMatchObject({ name: { en: 'Area s1' }, shape: null, households: null });
    expect(body.items[2]).toMatchObject({ shape: { type: 'Polygon' }, households: 7 });
    await db.updateTable('areas').set({ shape: null, households: null }).where('id', 'in', ['s1', 'c1']).execute();
  });

  it('shows staff to those who lead it, within their area, without secrets', async () => {
    expect((await get('people', officer)).body).toMatchObject({ code: 'forbidden' });
    const { items, nextCursor } = (await get('people', admin)).body;
    expect(nextCursor).toBeNull();
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items)).not.toMatch(/hash|password/i);
  });

  it('shows shifts that are not over', async () => {
    expect((await get('shifts', officer)).body.items).toMatchObject([{ areaId: 'g1', personName: 'Name of officer' }]);
    const shifts = (await get('shifts', admin)).body;
    expect(shifts.items).toHaveLength(2);
    expect(shifts.nextCursor).toBeNull();
  });

  it('takes a new area where it belongs, and tells the audit trail', async () => {
    const area = {
      id: 'r9',
      kind: 'room',
      parentId: 'b1',
      name: { 'zh-CN': '室', en: 'Room' },
      shape: null,
      households: null,
    };
    const post = (body: object, cookie = admin) => gateway.call('POST', 'areas', { cookie, body });
    expect((await post(area, officer)).status).toBe(403);
    const made = await post(area);
    expect([made.status, made.body.path]).toEqual([201, ['d1', 's1', 'c1', 'g1', 'b1', 'r9']]);
    expect((await post(area)).body.code).toBe('already-exists');
    expect((await post({ ...area, id: 'x1', kind: 'street' })).body.code).toBe('invalid-request');
    for (const parentId of ['d1', 'nowhere', null])
      expect((await post({ ...area, id: 'x2', parentId })).body.code).toBe('not-found');
    const change = { households: 320 };
    const patched = await gateway.call('PATCH', 'areas/g1', { cookie: admin, body: change });
    expect(patched.body).toMatchObject({ id: 'g1', households: 320 });
    expect((await gateway.call('PATCH', 'areas/s1', { cookie: admin, body: change })).status).toBe(404);
    expect((await gateway.call('PATCH', 'areas/g1', { cookie: admin, body: { households: -1 } })).status).toBe(400);
    const audit = await gateway.database.db
      .selectFrom('auditTrail')
      .select(['action', 'subjectId'])
      .orderBy('sequence')
      .execute();
    const changes = audit.filter(({ action }) => action.startsWith('area.'));
    expect(changes).toEqual([
      { action: 'area.created', subjectId: 'r9' },
      { action: 'area.updated', subjectId: 'g1' },
    ]);
  });
});
