import type { Person } from '@sc/contracts';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const people = new Map<string, Person>();
const cookies = new Map<string, string>();
beforeEach(async () => {
  gateway = await startGateway();
  for (const [login, role, areaId] of [
    ['admin', 'admin', 'c1'],
    ['second', 'admin', 'c1'],
    ['boss', 'manager', 'g1'],
    ['officer', 'officer', 'g1'],
    ['far', 'officer', 'g2'],
  ] as const) {
    people.set(login, await gateway.person(login, role, areaId));
    cookies.set(login, await gateway.login(login));
  }
}, 60_000);
afterEach(() => gateway.stop(), 60_000);

const as = (login: string, method: string, path: string, body?: object) =>
  gateway.call(method, path, { cookie: cookies.get(login)!, ...(body ? { body } : {}) });
const patch = (by: string, whom: string, body: object) => as(by, 'PATCH', `people/${people.get(whom)!.id}`, body);
const newcomer = { login: 'new', name: '新人', role: 'officer', areaId: 'b1', locale: 'zh-CN' };

it('adds somebody, whose first password is told once and opens the door', async () => {
  const added = await as('boss', 'POST', 'people', newcomer);
  expect([added.status, added.body.person]).toEqual([201, { ...newcomer, id: expect.any(String), active: true }]);
  expect(added.body.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  const login = await gateway.call('POST', 'session', { body: { login: 'new', password: added.body.password } });
  expect(login.status).toBe(200);
  expect((await as('boss', 'POST', 'people', newcomer)).body.code).toBe('already-exists');
  const row = await gateway.database.db.selectFrom('people').selectAll().where('login', '=', 'new').executeTakeFirst();
  expect(row!.passwordHash).toMatch(/^\$argon2id\$/);
});

it('a manager runs their own area and makes no administrators', async () => {
  expect((await as('boss', 'POST', 'people', { ...newcomer, areaId: 'g2' })).status).toBe(404);
  expect((await as('boss', 'POST', 'people', { ...newcomer, role: 'admin' })).status).toBe(403);
  expect((await patch('boss', 'officer', { role: 'admin' })).status).toBe(403);
  expect((await patch('boss', 'officer', { areaId: 'g2' })).status).toBe(404);
  expect((await patch('boss', 'far', { name: 'x' })).status).toBe(404);
  expect((await patch('boss', 'admin', { name: 'x' })).status).toBe(404);
  expect((await patch('boss', 'officer', { name: 'Wang', areaId: 'b1' })).body).toMatchObject({
    name: 'Wang',
    areaId: 'b1',
  });
  expect((await patch('officer', 'far', { name: 'x' })).status).toBe(403);
});

it('who is switched off is out at once, stays in the list, and may come back', async () => {
  expect((await patch('boss', 'officer', { active: false })).body.active).toBe(false);
  expect((await as('officer', 'GET', 'session')).status).toBe(401);
  const names = async (query: string) =>
    ((await as('admin', 'GET', `people${query}`)).body.items as Person[]).map(({ login }) => login);
  expect(await names('')).not.toContain('officer');
  expect(await names('?state=all')).toContain('officer');
  expect((await patch('boss', 'officer', { active: true })).body.active).toBe(true);
  expect(
    (await gateway.call('POST', 'session', { body: { login: 'officer', password: 'password-officer' } })).status,
  ).toBe(200);
});

it('nobody locks themselves out, and two administrators cannot switch each other off', async () => {
  for (const change of [{ active: false }, { role: 'officer' }, { areaId: 'g1' }])
    expect((await patch('admin', 'admin', change)).body.code).toBe('action-not-allowed');
  expect((await patch('admin', 'admin', { name: 'New name' })).status).toBe(200);
  const answers = await Promise.all([
    patch('admin', 'second', { active: false }),
    patch('second', 'admin', { active: false }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const left = await gateway.database.db
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'admin')
    .where('active', '=', true)
    .execute();
  expect(left).toHaveLength(1);
});

it('a new password ends the sessions, and the trail tells who gave it without telling it', async () => {
  const reset = await as('boss', 'POST', `people/${people.get('officer')!.id}/password`, {});
  expect(reset.status).toBe(200);
  expect((await as('officer', 'GET', 'session')).status).toBe(401);
  const { password } = reset.body as { password: string };
  expect((await gateway.call('POST', 'session', { body: { login: 'officer', password } })).status).toBe(200);
  expect((await as('boss', 'POST', `people/${people.get('admin')!.id}/password`, {})).status).toBe(404);
  await patch('boss', 'officer', { name: 'Secret Name' });
  const trail = JSON.stringify(await gateway.database.db.selectFrom('auditTrail').selectAll().execute());
  expect(trail).toContain('person.password-reset');
  expect(trail).not.toContain(password);
  expect(trail).not.toContain('Secret Name');
});
