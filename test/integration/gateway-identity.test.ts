import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ environment: { PUBLIC_URL: 'https://community.example' } });
  for (const login of ['op', 'victim', 'slow', 'gone', 'night']) await gateway.person(login, 'operator', 'c1');
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

const attempt = (login: string, password: string) => gateway.call('POST', 'session', { body: { login, password } });

it('keeps the session out of reach of scripts, other sites and plain http', async () => {
  const answer = await attempt('op', 'password-op');
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^sc_session=[A-Za-z0-9_-]{43}; /);
  for (const flag of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', 'Max-Age=86400'])
    expect(cookie).toContain(flag);
  expect(answer.body).toEqual({
    person: { id: expect.any(String), login: 'op', name: 'Name of op', role: 'operator', areaId: 'c1', locale: 'en' },
    expiresAt: expect.any(String),
  });
  expect(JSON.stringify(answer.body)).not.toContain(cookie!.slice(11, 54));
});

it('stores neither password nor token', async () => {
  const token = (await gateway.login('op')).split('=')[1]!;
  const people = await gateway.database.db.selectFrom('people').selectAll().where('login', '=', 'op').execute();
  expect(people[0]!.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const sessions = await gateway.database.db.selectFrom('sessions').selectAll().execute();
  for (const { tokenHash } of sessions) expect(tokenHash.toString('base64url')).not.toBe(token);
});

it('a logout ends this session and no other', async () => {
  const [one, two] = [await gateway.login('op'), await gateway.login('op')];
  const answer = await gateway.call('DELETE', 'session', { cookie: one });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^sc_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i);
  expect((await gateway.call('GET', 'session', { cookie: one })).status).toBe(401);
  expect((await gateway.call('GET', 'session', { cookie: two })).status).toBe(200);
});

it('a session that expired, or whose person was switched off, is none', async () => {
  const cookie = await gateway.login('night');
  const { db } = gateway.database;
  const { id } = await db.selectFrom('people').select('id').where('login', '=', 'night').executeTakeFirstOrThrow();
  await db
    .updateTable('sessions')
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where('personId', '=', id)
    .execute();
  expect((await gateway.call('GET', 'session', { cookie })).status).toBe(401);

  const other = await gateway.login('gone');
  await db.updateTable('people').set({ active: false }).where('login', '=', 'gone').execute();
  expect((await gateway.call('GET', 'session', { cookie: other })).status).toBe(401);
  expect((await attempt('gone', 'password-gone')).body.code).toBe('wrong-credentials');
});

it('does not tell which of login and password was wrong', async () => {
  const [nobody, wrong] = [await attempt('nobody-at-all', 'x'), await attempt('slow', 'x')];
  for (const answer of [nobody, wrong]) expect([answer.status, answer.body.code]).toEqual([401, 'wrong-credentials']);
  expect({ ...nobody.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
});

it('stops guessing after five failures, also when they come at once, and locks out nobody else', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('victim', 'guess')));
  const codes = answers.map(({ body }) => body.code as string);
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
  expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(7);
  const blocked = await attempt('victim', 'password-victim');
  expect(blocked.status).toBe(429);
  const wait = Number(blocked.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(900);
  expect((await attempt('op', 'password-op')).status).toBe(200);
});

it('writes failures into the security log without what was typed', async () => {
  await attempt('my-secret-typed-as-login', 'my-secret-password');
  const rows = await gateway.database.db.selectFrom('securityLog').selectAll().execute();
  expect(rows.some(({ kind, actor }) => kind === 'login-failed' && actor === 'unknown')).toBe(true);
  expect(JSON.stringify(rows)).not.toContain('my-secret');
});
