import type { Person } from '@sc/contracts';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const people = new Map<string, Person>();
const cookies = new Map<string, string>();
beforeEach(async () => {
  gateway = await startGateway();
  for (const [login, role, areaId] of [
    ['admin', 'admin', 'c1'],
    ['boss', 'manager', 'g1'],
    ['operator', 'operator', 'c1'],
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
const time = (day: number, from: number, to: number) => ({
  startsAt: new Date(Date.UTC(2030, 0, day, from)).toISOString(),
  endsAt: new Date(Date.UTC(2030, 0, day, to)).toISOString(),
});
const plan = (by: string, whom: string, areaId: string, ...times: object[]) =>
  as(by, 'POST', 'shifts', { personId: people.get(whom)!.id, areaId, times });
const count = async () => (await gateway.database.db.selectFrom('shifts').select('id').execute()).length;

it('puts an officer on shift for several days, shows a week of it, and takes one out again', async () => {
  const added = await plan('boss', 'officer', 'b1', time(1, 6, 14), time(2, 6, 14), time(9, 22, 30));
  expect([added.status, added.body.items.length]).toEqual([201, 3]);
  expect(added.body.items[0]).toEqual({
    id: expect.any(String),
    personId: people.get('officer')!.id,
    personName: 'Name of officer',
    rotationId: null,
    areaId: 'b1',
    ...time(1, 6, 14),
  });
  const week = 'shifts?from=2030-01-01T00:00:00Z&to=2030-01-08T00:00:00Z';
  expect((await as('operator', 'GET', week)).body.items).toHaveLength(2);
  expect((await as('admin', 'GET', `${week}&areaId=g1`)).body.items).toHaveLength(2);
  expect((await as('admin', 'GET', `${week}&areaId=g2`)).body.items).toHaveLength(0);
  expect((await as('far', 'GET', week)).body.items).toHaveLength(0);

  const [{ id }] = added.body.items;
  expect((await as('boss', 'DELETE', `shifts/${id}`)).status).toBe(204);
  expect((await as('boss', 'DELETE', `shifts/${id}`)).status).toBe(404);
  expect((await as('officer', 'GET', week)).body.items).toHaveLength(1);
  const trail = await gateway.database.db
    .selectFrom('auditTrail')
    .select(['action', 'subjectId'])
    .where('subjectType', '=', 'shift')
    .execute();
  expect(trail.filter(({ action }) => action === 'shift.added')).toHaveLength(3);
  expect(trail).toContainEqual({ action: 'shift.removed', subjectId: id });
});

it('refuses what overlaps, and then adds nothing of it; next to each other and elsewhere is fine', async () => {
  await plan('admin', 'officer', 'g1', time(1, 6, 14));
  const refused = await plan('admin', 'officer', 'g1', time(2, 6, 14), time(1, 13, 20));
  expect([refused.status, refused.body.code, refused.body.errors[0].path]).toEqual([409, 'shift-overlaps', 'times.1']);
  // By the clock on the wall of the site, eight hours ahead.
  expect(refused.body.errors[0].text['zh-CN']).toBe('与 2030-01-01 14:00 至 2030-01-01 22:00 的班次重叠');
  expect((await plan('admin', 'officer', 'g1', time(3, 6, 14), time(3, 8, 9))).body.code).toBe('shift-overlaps');
  expect(await count()).toBe(1);
  expect((await plan('admin', 'officer', 'g1', time(1, 14, 22))).status).toBe(201);
  expect((await plan('admin', 'officer', 'g2', time(1, 6, 14))).status).toBe(201);
  const answers = await Promise.all([1, 2, 3].map(() => plan('admin', 'far', 'g2', time(5, 6, 14))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

it('is planned by who is responsible for the area, for officers and operators who may log in', async () => {
  expect((await plan('operator', 'officer', 'g1', time(1, 6, 14))).status).toBe(403);
  expect((await plan('officer', 'officer', 'g1', time(1, 6, 14))).status).toBe(403);
  expect((await plan('boss', 'officer', 'g2', time(1, 6, 14))).status).toBe(404);
  expect((await plan('boss', 'far', 'g1', time(1, 6, 14))).status).toBe(404);
  expect((await plan('admin', 'boss', 'g1', time(1, 6, 14))).body.errors[0].path).toBe('personId');
  expect((await plan('admin', 'operator', 'c1', time(1, 6, 14))).status).toBe(201);
  await as('admin', 'PATCH', `people/${people.get('far')!.id}`, { active: false });
  expect((await plan('admin', 'far', 'g2', time(1, 6, 14))).status).toBe(400);
  const { items } = (await plan('admin', 'officer', 'g2', time(1, 6, 14))).body;
  expect((await as('boss', 'DELETE', `shifts/${items[0].id}`)).status).toBe(404);
  expect((await as('operator', 'DELETE', `shifts/${items[0].id}`)).status).toBe(403);
});

it('refuses times that are none', async () => {
  for (const wrong of [time(1, 14, 6), time(1, 6, 6), time(1, 0, 32 * 24), { startsAt: 'soon', endsAt: 'later' }])
    expect((await plan('admin', 'officer', 'g1', wrong)).status).toBe(400);
  expect((await plan('admin', 'officer', 'g1')).status).toBe(400);
  const many = Array.from({ length: 94 }, (_, i) => time(i + 1, 6, 14));
  expect((await plan('admin', 'officer', 'g1', ...many)).status).toBe(400);
  expect((await as('admin', 'GET', 'shifts?from=yesterday')).status).toBe(400);
  expect(await count()).toBe(0);
});
