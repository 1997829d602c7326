import { createHash } from 'node:crypto';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const noon = Date.UTC(2026, 0, 1, 12);

beforeAll(async () => {
  gateway = await startGateway();
  for (const [login, role, area] of [
    ['admin', 'admin', 'c1'],
    ['gridadmin', 'admin', 'g1'],
    ['off2', 'officer', 'g2'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

const as = (who: string, method: string, path: string, body?: unknown) =>
  gateway.call(method, path, { cookie: cookies[who]!, ...(body === undefined ? {} : { body }) });
const facts = { domain: 'fire', name: 'Smoke', areaId: 'r1' };
const register = (device: string, more: object = {}) =>
  as('admin', 'POST', 'devices', { community: 'c1', device, ...facts, ...more });
const storedHash = async (id: string) =>
  (await gateway.database.db.selectFrom('devices').select('secretHash').where('id', '=', id).executeTakeFirstOrThrow())
    .secretHash;
const sha256 = (secret: string) => createHash('sha256').update(secret).digest();

it('registers a device and answers its secret once', async () => {
  const answer = await register('a', { position: [120.1, 30.2], placement: '3F', labels: ['roof', 'roof', 'kitchen'] });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    userName: 'c1/a',
    device: {
      id: 'c1/a',
      domain: 'fire',
      position: [120.1, 30.2],
      placement: '3F',
      labels: ['roof', 'kitchen'],
      state: 'registered',
      connection: 'never-seen',
      activeAlarms: 0,
    },
  });
  expect(answer.body.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await storedHash('c1/a')).toEqual(sha256(answer.body.secret));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  for (const path of ['devices', 'devices/c1/a', 'audit']) {
    const { body } = await as('admin', 'GET', path);
    expect(JSON.stringify(body)).not.toContain(answer.body.secret);
  }
  const events = await gateway.database.db.selectFrom('outbox').selectAll().where('subjectId', '=', 'c1/a').execute();
  expect(events.map(({ payload }) => payload)).toEqual([{ deviceId: 'c1/a', change: 'registered' }]);
});

it('refuses what cannot be', async () => {
  expect((await register('a')).body.code).toBe('already-exists');
  expect((await register('b', { domain: 'no-such' })).body).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'domain' }],
  });
  expect((await register('b', { areaId: 'no-such' })).body.code).toBe('not-found');
  expect((await register('../etc')).body.code).toBe('invalid-request');
  expect((await register('b', { position: [200, 0] })).body.code).toBe('invalid-request');
  expect((await register('b', { name: 'x\u0000y' })).body.code).toBe('invalid-request');
  expect(
    (await as('gridadmin', 'POST', 'devices', { community: 'c1', device: 'b', ...facts, areaId: 'b2' })).status,
  ).toBe(404);
});

it('one of many registrations of the same name wins', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => register('race')));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
});

it('rotates the secret, replaces and retires', async () => {
  const first = (await register('old', { name: 'Hall', placement: 'by the door', labels: ['hall'] })).body.secret;
  const rotated = await as('admin', 'POST', 'devices/c1/old/secret');
  expect(rotated.status).toBe(200);
  expect(rotated.body.secret).not.toBe(first);
  expect(await storedHash('c1/old')).toEqual(sha256(rotated.body.secret));

  const replaced = await as('admin', 'POST', 'devices/c1/old/replace', { device: 'new' });
  expect(replaced.status).toBe(201);
  expect(replaced.body.device).toMatchObject({
    id: 'c1/new',
    name: 'Hall',
    placement: 'by the door',
    labels: ['hall'],
    areaId: 'r1',
    domain: 'fire',
  });
  expect((await as('admin', 'GET', 'devices/c1/old')).body).toMatchObject({ state: 'retired', replacedBy: 'c1/new' });
  for (const path of ['secret', 'replace'])
    expect((await as('admin', 'POST', `devices/c1/old/${path}`, { device: 'newer' })).body.code).toBe('conflict');

  expect((await as('admin', 'POST', 'devices/c1/new/retire')).body.state).toBe('retired');
  expect((await as('admin', 'POST', 'devices/c1/new/retire')).status).toBe(200);
  const events = await gateway.database.db
    .selectFrom('outbox')
    .select('payload')
    .where('subjectId', 'in', ['c1/old', 'c1/new'])
    .orderBy('position')
    .execute();
  expect(events.map(({ payload }) => `${String(payload['deviceId'])} ${String(payload['change'])}`)).toEqual([
    'c1/old registered',
    'c1/old secret-rotated',
    'c1/new registered',
    'c1/old replaced',
    'c1/new retired',
  ]);
});

it('keeps SQL and HTML in names as text', async () => {
  const name = `'; drop table devices; -- <script>alert(1)</script> 100%_\\`;
  await register('hostile', { name });
  expect((await as('admin', 'GET', 'devices/c1/hostile')).body.name).toBe(name);
  for (const q of [`'; drop`, '100%_', '\\', '<script>'])
    expect(
      (await as('admin', 'GET', `devices?q=${encodeURIComponent(q)}`)).body.items.map((d: { id: string }) => d.id),
    ).toEqual(['c1/hostile']);
  expect((await as('admin', 'GET', 'devices?q=%00')).status).toBe(400);
  expect((await as('admin', 'GET', 'devices/c1/..%2f..%2fetc')).status).toBe(400);
});

it('changes only what was sent, and only within the area', async () => {
  await register('change', { position: [1, 2], placement: 'left' });
  const answer = await as('admin', 'PATCH', 'devices/c1/change', { name: 'Renamed', position: null });
  expect(answer.body).toMatchObject({ name: 'Renamed', position: null, placement: 'left', areaId: 'r1' });
  expect((await as('admin', 'PATCH', 'devices/c1/change', { areaId: 'no-such' })).status).toBe(404);
  expect((await as('gridadmin', 'PATCH', 'devices/c1/change', { areaId: 'b2' })).status).toBe(404);
  expect((await as('admin', 'PATCH', 'devices/c1/change', { areaId: 'b2' })).body.areaId).toBe('b2');
  expect((await as('gridadmin', 'PATCH', 'devices/c1/change', { name: 'x' })).status).toBe(404);
});

it('pages through everything once, and shows each person their area', async () => {
  for (let index = 0; index < 12; index += 1) await register(`page-${index}`, { areaId: index % 2 ? 'r1' : 'b2' });
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await as(
      'admin',
      'GET',
      `devices?limit=5${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(new Set(seen).size).toBe(seen.length);
  const rows = await gateway.database.db.selectFrom('devices').select('id').execute();
  expect(seen.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());

  const outside = (await as('off2', 'GET', 'devices?limit=200')).body.items as { areaId: string }[];
  expect(new Set(outside.map(({ areaId }) => areaId))).toEqual(new Set(['b2']));
  expect((await as('off2', 'GET', 'devices/c1/a')).status).toBe(404);
  for (const cursor of ['x', 'W10', 'WyJhIiwiYiJd', encodeURIComponent("' or 1=1")])
    expect([200, 400]).toContain((await as('admin', 'GET', `devices?cursor=${cursor}`)).status);
});

describe('readings', () => {
  beforeAll(async () => {
    await register('r');
    await register('elsewhere', { areaId: 'b2' });
    await gateway.timeSeries.append(
      Array.from({ length: 100 }, (_, index) => ({
        deviceId: 'c1/r',
        metric: 'temperature',
        ts: noon + index * 1000,
        value: index,
      })),
    );
  });
  const ask = (who: string, more: string) =>
    as(who, 'GET', `readings?metric=temperature&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&${more}`);

  it('come raw or by window, with the bound told', async () => {
    const raw = await ask('admin', 'deviceId=c1/r&limit=10');
    expect(raw.body.items).toHaveLength(10);
    expect(raw.body).toMatchObject({
      truncated: true,
      items: { 0: { deviceId: 'c1/r', ts: '2026-01-01T12:00:00.000Z', value: 0 } },
    });
    const all = await ask('admin', 'deviceId=c1/r&limit=100');
    expect([all.body.items.length, all.body.truncated]).toEqual([100, false]);
    const windows = await ask('admin', 'deviceId=c1/r&windowMs=10000&aggregate=max');
    expect(windows.body.items.map(({ value }: { value: number }) => value)).toEqual([
      9, 19, 29, 39, 49, 59, 69, 79, 89, 99,
    ]);
    expect((await as('admin', 'GET', 'devices/c1/r')).body.lastReadings).toEqual([
      { metric: 'temperature', ts: '2026-01-01T12:01:39.000Z', value: 99 },
    ]);
  });

  it('of devices outside the area, unknown ones, or too many are refused', async () => {
    expect((await ask('off2', 'deviceId=c1/r')).status).toBe(404);
    expect((await ask('off2', 'deviceId=c1/elsewhere')).status).toBe(200);
    expect((await ask('off2', 'deviceId=c1/elsewhere,c1/r')).status).toBe(404);
    expect((await ask('admin', 'deviceId=c1/none')).status).toBe(404);
    expect((await ask('admin', `deviceId=${Array.from({ length: 21 }, (_, i) => `c1/x${i}`).join(',')}`)).status).toBe(
      400,
    );
    expect((await ask('admin', 'deviceId=c1/r&windowMs=1000')).status).toBe(400);
    expect(
      (await as('admin', 'GET', 'readings?deviceId=c1/r&metric=m&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'))
        .status,
    ).toBe(400);
  });

  it('answer unavailable while their store is away, and the device page goes on without them', async () => {
    const { last, read } = gateway.timeSeries;
    const { TimeSeriesUnavailableError } = await import('@sc/platform/time-series');
    const away = () => Promise.reject(new TimeSeriesUnavailableError('away'));
    Object.assign(gateway.timeSeries, { last: away, read: away });
    const refused = await ask('admin', 'deviceId=c1/r');
    const page = await as('admin', 'GET', 'devices/c1/r');
    Object.assign(gateway.timeSeries, { last, read });
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect([page.status, page.body.lastReadings]).toEqual([200, []]);
  });
});
