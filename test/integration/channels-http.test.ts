import { randomUUID } from 'node:crypto';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json } from '@sc/platform/database';
import { sql } from 'kysely';
import { FakeHttpServer, type Reply } from '../../libs/platform/channels/fake-http-server.js';
import { FakePushService } from '../../libs/platform/channels/web-push/fake-push-service.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const signingKey = 'a-signing-key-of-at-least-32-characters';
let gateway: TestGateway;
let server: FakeHttpServer;
let push: FakePushService;
let pushKey = '';
let reply: Reply = { status: 204 };
let admin: string;

beforeAll(async () => {
  server = await FakeHttpServer.start(() => reply);
  push = await FakePushService.start(() => pushKey);
  gateway = await startGateway({ environment: { NOTIFY_HOSTS: `${server.host},${push.host}` } });
  await gateway.person('admin', 'admin', 'c1');
  await gateway.person('officer', 'officer', 'g1');
  admin = await gateway.login('admin');
  const clock = gateway.app.get<Clock>(CLOCK);
  const now = clock.now.bind(clock);
  vi.spyOn(clock, 'now').mockImplementation(() => now() + passedMs);
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await gateway.stop();
  await server.stop();
  await push.stop();
}, 60_000);

const call = (method: string, path: string, body?: unknown, cookie = admin) =>
  gateway.call(method, path, { cookie, body });
const aWebhook = (more: object = {}) => ({
  kind: 'webhook',
  name: 'Building management',
  settings: { url: `${server.url}/hook` },
  secrets: { signingKey, query: 'token=hidden-in-query' },
  ...more,
});

it('a channel is made, changed, tested and removed; its secrets go in and never come out', async () => {
  const made = await call('POST', 'channels', aWebhook());
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({
    kind: 'webhook',
    enabled: true,
    secretsSet: ['signingKey', 'query'],
    settings: { url: `${server.url}/hook` },
  });
  const changed = await call('PATCH', `channels/${id}`, { name: 'Renamed', secrets: { query: null } });
  expect(changed.body).toMatchObject({ name: 'Renamed', secretsSet: ['signingKey'] });

  const tested = await call('POST', `channels/${id}/test`, {});
  expect(tested.body).toMatchObject({ outcome: 'delivered', reason: null });
  expect(server.requests.at(-1)!.headers['webhook-signature']).toMatch(/^v1,/);
  expect((await call('POST', `channels/${id}/test`, {})).status).toBe(429);

  const everything = JSON.stringify([made, changed, tested, await call('GET', 'channels'), await call('GET', 'audit')]);
  for (const one of [signingKey, 'hidden-in-query']) expect(everything).not.toContain(one);
  const { rows } = await sql`select row_to_json(c)::text || encode(c.sealed, 'escape') as all from channels c`.execute(
    gateway.database.db,
  );
  expect(JSON.stringify(rows)).not.toContain(signingKey);

  expect((await call('DELETE', `channels/${id}`)).status).toBe(204);
  expect((await call('DELETE', `channels/${id}`)).status).toBe(404);
  const actions = (await call('GET', 'audit')).body.items.map((entry: { action: string }) => entry.action);
  expect(actions).toEqual(
    expect.arrayContaining(['channel.created', 'channel.updated', 'channel.tested', 'channel.removed']),
  );
});

it.each([
  ['a host that is not listed', aWebhook.bind(null, { settings: { url: 'http://169.254.169.254/latest/meta-data' } })],
  ['a user and password in the address', () => aWebhook({ settings: { url: 'http://user:pass@x.example/' } })],
  ['a query that would be shown', () => aWebhook({ settings: { url: `${server.url}/hook?token=x` } })],
  ['a short key', () => aWebhook({ secrets: { signingKey: 'short' } })],
  [
    'a mail server inside',
    () => ({
      kind: 'e-mail',
      name: 'x',
      settings: { host: '127.0.0.1', port: 25, security: 'none', from: 'a@b.example' },
    }),
  ],
  [
    'a password in the open',
    () => ({
      kind: 'e-mail',
      name: 'x',
      settings: { host: 'mail.example', port: 25, security: 'none', user: 'u', from: 'a@b.example' },
    }),
  ],
  [
    'another server that is not listed',
    () => ({ kind: 'wecom-robot', name: 'x', settings: { baseUrl: 'https://evil.example' }, secrets: { key: 'k' } }),
  ],
  [
    'a placeholder for a host',
    () => ({ kind: 'sms', name: 'x', settings: { url: 'https://{{secret}}.evil.example/' } }),
  ],
  [
    'headers that go on',
    () => ({ kind: 'sms', name: 'x', settings: { url: `${server.url}/sms`, headers: 'X: a\rY: b' } }),
  ],
])('refuses %s, and repeats nothing of it', async (_, body) => {
  const answer = await call('POST', 'channels', body());
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect(JSON.stringify(answer.body)).not.toMatch(/user:pass|"short"/);
});

it('says what came of a test that failed, without the words of the other side', async () => {
  reply = { status: 401, body: `your key ${signingKey} is wrong` };
  const { body } = await call('POST', 'channels', aWebhook());
  expect((await call('POST', `channels/${body.id}/test`, {})).body).toMatchObject({
    outcome: 'refused',
    reason: 'http-401',
  });
  reply = { status: 204 };
});

it('a browser subscribes, is told encrypted, and is forgotten at the logout of its session and at no other', async () => {
  const cookie = await gateway.login('officer');
  const other = await gateway.login('officer');
  pushKey = (await call('GET', 'notifications/push-key', undefined, cookie)).body.publicKey;
  expect(pushKey).toMatch(/^[A-Za-z0-9_-]{87}$/);
  expect((await call('GET', 'notifications/push-key', undefined, other)).body.publicKey).toBe(pushKey);
  const hostile = { ...push.subscription, endpoint: 'http://169.254.169.254/push' };
  expect((await call('POST', 'notifications/push-subscriptions', hostile, cookie)).status).toBe(400);
  const added = await call('POST', 'notifications/push-subscriptions', push.subscription, cookie);
  expect(added).toMatchObject({ status: 201, body: { service: '127.0.0.1' } });
  expect(JSON.stringify(added.body)).not.toContain('secret-capability');
  // the admin's own test goes to the admin's browsers: this one is asked for by who subscribes now
  expect((await call('POST', 'notifications/push-subscriptions', push.subscription)).status).toBe(201);
  const [channel] = (await call('GET', 'channels')).body.items.filter(
    (one: { kind: string }) => one.kind === 'web-push',
  );
  expect((await call('POST', `channels/${channel.id}/test`, {})).body).toMatchObject({ outcome: 'delivered' });
  expect(push.shown).toMatchObject([{ payload: { title: 'Test notification', path: '/' } }]);

  await call('POST', 'notifications/push-subscriptions', push.subscription, cookie);
  const count = async () => (await gateway.database.db.selectFrom('pushSubscriptions').select('id').execute()).length;
  await call('DELETE', 'session', undefined, other);
  expect(await count()).toBe(1);
  await call('DELETE', 'session', undefined, cookie);
  expect(await count()).toBe(0);
});

/** The test button wants its pause: the clock goes on by itself, and by what was let pass. */
let passedMs = 0;
const pass = (ms: number) => void (passedMs += ms);

it('a browser belongs to who is logged in: again after a logout, to the next person on the phone, anew when its service forgot it', async () => {
  const items = (await call('GET', 'channels')).body.items as { id: string; kind: string }[];
  const { id } = items.find(({ kind }) => kind === 'web-push')!;
  const { db } = gateway.database;
  const owners = async () => {
    const rows = await db
      .selectFrom('pushSubscriptions as s')
      .innerJoin('people as p', 'p.id', 's.personId')
      .select(['p.login', 's.endpoint'])
      .execute();
    return rows.map(({ login, endpoint }) => [login, endpoint.split('/').at(-1)]);
  };
  const subscribe = (cookie: string, name = 'phone') => {
    const endpoint = push.subscription.endpoint.replace(/[^/]+$/, name);
    return call('POST', 'notifications/push-subscriptions', { ...push.subscription, endpoint }, cookie);
  };
  const test = async () => {
    pass(5_000);
    return (await call('POST', `channels/${id}/test`, {})).body;
  };
  const officer = await gateway.login('officer');
  await subscribe(officer);
  await call('DELETE', 'session', undefined, officer);
  expect(await owners()).toEqual([]);
  await subscribe(await gateway.login('officer'));
  expect(await owners()).toEqual([['officer', 'phone']]);
  // nobody logged out, the session only ran out: who logs in now takes the phone over
  await subscribe(admin);
  expect(await owners()).toEqual([['admin', 'phone']]);
  const before = push.shown.length;
  expect(await test()).toMatchObject({ outcome: 'delivered' });
  push.refusal = { status: 410 };
  expect(await test()).toMatchObject({ outcome: 'refused', reason: 'http-410' });
  expect(await owners()).toEqual([]);
  push.refusal = undefined;
  await subscribe(admin, 'rotated');
  expect(await test()).toMatchObject({ outcome: 'delivered' });
  expect([push.shown.length, await owners()]).toEqual([before + 2, [['admin', 'rotated']]]);
  await call('DELETE', 'notifications/push-subscriptions', {
    endpoint: push.subscription.endpoint.replace(/[^/]+$/, 'rotated'),
  });
});

it('the app is a channel that is tested like the others, never switched off, and stands in the same log', async () => {
  const items = (await call('GET', 'channels')).body.items as { id: string; kind: string }[];
  const { id } = items.find(({ kind }) => kind === 'in-app')!;
  expect((await call('POST', `channels/${id}/test`, {})).body).toMatchObject({ outcome: 'delivered' });
  expect((await call('GET', 'notifications')).body.items[0]).toMatchObject({ kind: 'test', quiet: false });
  expect((await call('PATCH', `channels/${id}`, { enabled: false })).status).toBe(409);
  expect((await call('DELETE', `channels/${id}`)).status).toBe(409);
  expect((await call('POST', 'channels', { kind: 'in-app', name: 'Second' })).status).toBe(409);
  const log = async (query: string) => (await call('GET', `deliveries?${query}`)).body.items;
  expect(await log(`channelId=${id}`)).toMatchObject([
    { channel: { id, kind: 'in-app' }, state: 'delivered', title: { en: 'Test notification' } },
  ]);
  expect(await log(`channelId=${id}&state=failed`)).toEqual([]);
  expect((await log('limit=1'))[0]).toMatchObject({ channel: { kind: 'in-app' } });
});

it('everybody decides for themselves, and only administrators see where another is reached', async () => {
  const cookie = await gateway.login('officer');
  const { body } = await call('GET', 'notifications/preferences', undefined, cookie);
  expect(body).toMatchObject({ isDefault: true, available: [{ kind: 'web-push', reachable: false }] });
  const silent = { ...body.preferences, channels: { ...body.preferences.channels, extreme: [] } };
  expect((await call('PUT', 'notifications/preferences', silent, cookie)).status).toBe(400);
  const night = { ...body.preferences, quietHours: { from: '22:00', to: '06:00', timeZone: 'Asia/Shanghai' } };
  expect((await call('PUT', 'notifications/preferences', night, cookie)).body).toMatchObject({
    isDefault: false,
    preferences: { quietHours: night.quietHours },
  });

  expect((await call('PUT', 'notifications/addresses', { phone: '13800000000' }, cookie)).status).toBe(400);
  await call('PUT', 'notifications/addresses', { phone: '+8613800000000', 'e-mail': 'o@community.example' }, cookie);
  const { id } = (await call('GET', 'session', undefined, cookie)).body.person;
  expect((await call('GET', `people/${id}/addresses`)).body).toMatchObject({ phone: '+8613800000000' });
  expect(JSON.stringify((await call('GET', 'people')).body)).not.toContain('+8613800000000');
  expect(JSON.stringify((await call('GET', 'audit')).body)).not.toContain('+8613800000000');
});

it('the delivery log is filtered, and what was given up is told again, once', async () => {
  const { body: channel } = await call('POST', 'channels', aWebhook({ name: 'Log' }));
  const common = {
    channel: 'webhook' as const,
    channelId: channel.id,
    channelName: 'Log',
    severity: 'severe' as const,
  };
  const message = json({ kind: 'x', title: { 'zh-CN': '甲', en: 'A' }, body: { 'zh-CN': '乙', en: 'B' }, path: null });
  const ids = [randomUUID(), randomUUID()];
  for (const [n, id] of ids.entries())
    await gateway.database.db
      .insertInto('deliveries')
      .values({
        id,
        ...common,
        message,
        target: id,
        eventId: id,
        state: n ? 'delivered' : 'failed',
        lastError: n ? null : 'http-500',
        createdAt: new Date(2026, 0, n + 1),
      })
      .execute();
  const all = (await call('GET', `deliveries?channelId=${channel.id}&limit=1`)).body;
  expect(all.items).toMatchObject([{ id: ids[1], state: 'delivered', channel: { name: 'Log' }, title: { en: 'A' } }]);
  const next = (await call('GET', `deliveries?channelId=${channel.id}&cursor=${all.nextCursor}`)).body;
  expect(next).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null });
  expect((await call('GET', 'deliveries?state=failed')).body.items).toMatchObject([
    { id: ids[0], lastError: 'http-500' },
  ]);

  expect((await call('POST', `deliveries/${ids[1]}/replay`, {})).status).toBe(409);
  const answers = await Promise.all([1, 2].map(() => call('POST', `deliveries/${ids[0]}/replay`, {})));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  const jobs = await gateway.database.db
    .selectFrom('jobs')
    .select(['payload', 'urgent'])
    .where('name', '=', 'send-message')
    .execute();
  expect(jobs).toEqual([{ payload: { deliveryId: ids[0] }, urgent: true }]);
});
