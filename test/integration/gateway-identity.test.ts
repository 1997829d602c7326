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
    passwordInitial: false,
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

describe('the own password', () => {
  const change = (cookie: string, current: string, next: string) =>
    gateway.call('PUT', 'session/password', { cookie, body: { current, next } });

  it('is changed by who knows the present one; all other sessions end and the trail does not tell it', async () => {
    const person = await gateway.person('lin', 'operator', 'c1');
    const [here, there] = [await gateway.login('lin'), await gateway.login('lin')];
    expect((await change(here, 'password-lin', 'five words are better')).status).toBe(204);
    expect((await gateway.call('GET', 'session', { cookie: here })).status).toBe(200);
    expect((await gateway.call('GET', 'session', { cookie: there })).status).toBe(401);
    expect((await attempt('lin', 'password-lin')).body.code).toBe('wrong-credentials');
    expect((await attempt('lin', 'five words are better')).status).toBe(200);
    const trail = await gateway.database.db
      .selectFrom('auditTrail')
      .selectAll()
      .where('subjectId', '=', person.id)
      .execute();
    expect(trail.map(({ action, actorId }) => [action, actorId])).toContainEqual([
      'person.password-changed',
      person.id,
    ]);
    expect(JSON.stringify(trail)).not.toContain('five words');
  });

  it('must be long enough, and neither the login nor the present one', async () => {
    await gateway.person('long.enough.login', 'operator', 'c1');
    const cookie = await gateway.login('long.enough.login');
    for (const next of ['short', 'Long.Enough.Login', 'password-long.enough.login']) {
      const answer = await change(cookie, 'password-long.enough.login', next);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
    }
    expect((await change('', 'password-long.enough.login', 'another password')).status).toBe(401);
  });

  it('is not guessed from an open session', async () => {
    await gateway.person('open', 'operator', 'c1');
    const cookie = await gateway.login('open');
    const answers = await Promise.all(Array.from({ length: 8 }, () => change(cookie, 'guess', 'another password')));
    const codes = answers.map(({ body }) => body.code as string);
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(3);
    expect((await gateway.call('GET', 'session', { cookie })).status).toBe(200);
  });

  it('of two changes at once one wins, and its sessions alone stay', async () => {
    await gateway.person('twice', 'operator', 'c1');
    const [one, two] = [await gateway.login('twice'), await gateway.login('twice')];
    const answers = await Promise.all([
      change(one, 'password-twice', 'first new password'),
      change(two, 'password-twice', 'second new password'),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const sessions = await Promise.all([one, two].map((cookie) => gateway.call('GET', 'session', { cookie })));
    expect(sessions.map(({ status }) => status)).toEqual(answers.map(({ status }) => (status === 204 ? 200 : 401)));
  });

  it('is asked for while it is the one that somebody else gave', async () => {
    await gateway.person('chief', 'admin', 'c1');
    const admin = await gateway.login('chief');
    const facts = { login: 'fresh', name: 'F', role: 'officer', areaId: 'g1', locale: 'en' };
    const { body } = await gateway.call('POST', 'people', { cookie: admin, body: facts });
    const logIn = async (password: string) => {
      const answer = await attempt('fresh', password);
      return { initial: answer.body.passwordInitial, cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
    };
    const first = await logIn(body.password);
    expect(first.initial).toBe(true);
    expect((await gateway.call('GET', 'session', { cookie: first.cookie })).body.passwordInitial).toBe(true);
    expect((await change(first.cookie, body.password, 'chosen by myself')).status).toBe(204);
    expect((await gateway.call('GET', 'session', { cookie: first.cookie })).body.passwordInitial).toBe(false);
    const reset = await gateway.call('POST', `people/${body.person.id}/password`, { cookie: admin, body: {} });
    expect((await logIn(reset.body.password)).initial).toBe(true);
  });
});
