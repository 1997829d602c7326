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
  it('shows the area of the role and all below it, nothing above or beside', async () => {
    expect(ids((await get('areas', officer)).body)).toEqual(['g1', 'b1', 'r1', 'r2']);
    expect(ids((await get('areas', admin)).body)).toEqual(['c1', 'g1', 'b1', 'r1', 'r2', 'g2', 'b2']);
  });

  it('shows staff to those who lead it, within their area, without secrets', async () => {
    expect((await get('people', officer)).body).toMatchObject({ code: 'forbidden' });
    const { items } = (await get('people', admin)).body;
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items)).not.toMatch(/hash|password/i);
  });

  it('shows shifts that are not over', async () => {
    expect((await get('shifts', officer)).body.items).toMatchObject([{ areaId: 'g1', personName: 'Name of officer' }]);
    expect((await get('shifts', admin)).body.items).toHaveLength(2);
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
