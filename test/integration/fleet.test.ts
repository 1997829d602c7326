import { createHash } from 'node:crypto';
import { type Fleet, fleetProblems } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { json } from '@sc/platform/database';
import { sql } from 'kysely';
import { DeviceVitals } from '../../libs/features/telemetry/device-vitals.js';
import { createLogger } from '@sc/platform/logging';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const minute = 60_000;
const hour = 60 * minute;
const ago = (ms: number) => new Date(Date.now() - ms);

const as = (who: string, path: string) => gateway.call('GET', path, { cookie: cookies[who]! });
const fleet = async (query = '', who = 'admin'): Promise<Fleet> => (await as(who, `fleet?${query}`)).body as Fleet;
const db = () => gateway.database.db;
const set = (id: string, values: object) => db().updateTable('devices').set(values).where('id', '=', id).execute();
const lose = (id: string, times: number, since: number) =>
  db()
    .insertInto('outbox')
    .values(
      Array.from({ length: times }, (_, i) => ({
        id: crypto.randomUUID(),
        type: 'device.changed.v1' as const,
        payload: json({ deviceId: id, change: 'offline' }),
        subjectId: id,
        occurredAt: ago(since + i * minute),
      })),
    )
    .execute();
const refuse = (id: string, times: number, reason: string, since = hour) =>
  db()
    .insertInto('deadLetters')
    .values(
      Array.from({ length: times }, () => ({
        id: crypto.randomUUID(),
        deviceId: id,
        topic: 't',
        payload: Buffer.from('x'),
        payloadBytes: 1,
        reason,
        detail: '',
        receivedAt: ago(since),
      })),
    )
    .execute();
const problemsOf = ({ items }: Fleet) => Object.fromEntries(items.map(({ id, problems }) => [id, problems]));

beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('admin', 'admin', 'c1');
  await gateway.person('grid2', 'operator', 'g2');
  await gateway.person('officer', 'officer', 'c1');
  for (const login of ['admin', 'grid2', 'officer']) cookies[login] = await gateway.login(login);
  const devices: [string, string, string][] = [
    ['well', 'fire', 'r1'],
    ['never', 'fire', 'r1'],
    ['offline', 'fire', 'r2'],
    ['sleeper', 'sanitation', 'g2'],
    ['quiet', 'access', 'b2'],
    ['flaps', 'access', 'b2'],
    ['letters', 'fire', 'c1'],
    ['clock', 'fire', 'c1'],
    ['weak', 'fire', 'r1'],
    ['out', 'fire', 'r1'],
    ['gone', 'fire', 'r1'],
  ];
  for (const [name, domain, areaId] of devices) {
    const id = await aDevice(db(), { id: `c1/${name}`, domain, areaId, name: name === 'well' ? '100%_ok' : name });
    if (name !== 'never') await set(id, { connection: 'online', lastSeenAt: ago(minute) });
  }
  await set('c1/offline', { connection: 'offline', lastSeenAt: ago(hour) });
  await set('c1/sleeper', { connection: 'offline', lastSeenAt: ago(hour), labels: ['sleeps'] });
  await lose('c1/sleeper', 20, hour);
  await set('c1/quiet', { lastSeenAt: ago(25 * hour) });
  await lose('c1/flaps', 5, hour);
  // what is a day old does not count, nor four times
  await lose('c1/well', 4, hour);
  await lose('c1/well', 9, 25 * hour);
  await refuse('c1/letters', 12, 'not-json');
  await refuse('c1/well', 9, 'not-json');
  await refuse('c1/well', 9, 'clock-ahead', 25 * hour);
  await refuse('c1/clock', 1, 'clock-ahead');
  await set('c1/gone', { state: 'retired', lastSeenAt: ago(99 * hour) });
  const taken = await gateway.call('POST', 'out-of-service', {
    cookie: cookies['admin']!,
    body: { deviceId: 'c1/out', reason: 'being painted' },
  });
  expect(taken.status).toBe(204);
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

it('writes what devices say of themselves, once and late, and says when a clock is right again', async () => {
  const vitals = new DeviceVitals(db(), createLogger('silent'));
  const now = Date.now();
  const say = (name: string, metric: string, value: number | boolean, ts = now) =>
    vitals.note([{ kind: 'reading', deviceId: `c1/${name}`, domain: 'fire', metric, value, ts, receivedAt: now }]);
  const rowOf = (name: string) =>
    db()
      .selectFrom('devices')
      .select(['batteryPercent', 'signalMetric', 'signalPercent', 'clockBehindSeconds'])
      .where('id', '=', `c1/${name}`)
      .executeTakeFirstOrThrow();
  say('weak', 'battery', 50, now - 1000);
  say('weak', 'battery', 9);
  say('weak', 'battery', 80, now - 2000);
  say('weak', 'rssi', -91);
  say('weak', 'rssi', true);
  say('clock', 'smoke', 0, now - 2 * hour);
  say('well', 'smoke', 0, now - 2 * hour);
  say('well', 'smoke', 0, now - minute);
  await vitals.flush();
  expect(await rowOf('weak')).toEqual({
    batteryPercent: 9,
    signalMetric: 'rssi',
    signalPercent: 18,
    clockBehindSeconds: null,
  });
  expect((await rowOf('clock')).clockBehindSeconds).toBe(7200);
  expect((await rowOf('well')).clockBehindSeconds).toBeNull();
  // A row that is held is written with the next flush, not lost.
  await db()
    .transaction()
    .execute(async (tx) => {
      await tx.selectFrom('devices').select('id').where('id', '=', 'c1/weak').forUpdate().execute();
      say('weak', 'battery', 8);
      await vitals.flush();
    });
  expect((await rowOf('weak')).batteryPercent).toBe(9);
  await vitals.flush();
  expect((await rowOf('weak')).batteryPercent).toBe(8);
  // Another process knows from the row that a right time is news.
  const next = new DeviceVitals(db(), createLogger('silent'));
  await next.flush();
  next.note([
    { kind: 'reading', deviceId: 'c1/clock', domain: 'fire', metric: 'smoke', value: 0, ts: now, receivedAt: now },
  ]);
  await next.flush();
  expect((await rowOf('clock')).clockBehindSeconds).toBeNull();
});

it('tells what is wrong with each device, and no more', async () => {
  const answer = await fleet('limit=200');
  expect(problemsOf(answer)).toEqual({
    'c1/well': [],
    'c1/never': ['never-seen'],
    'c1/offline': ['silent'],
    'c1/sleeper': [],
    'c1/quiet': ['silent'],
    'c1/flaps': ['flapping'],
    'c1/letters': ['dead-letters'],
    'c1/clock': ['clock-wrong'],
    'c1/weak': ['low-battery', 'weak-signal'],
    'c1/out': ['out-of-service'],
  });
  expect(answer.counts).toMatchObject({ devices: 10, well: 2, problems: { silent: 2, 'never-seen': 1 } });
  expect(answer.grids.map(({ gridId, devices }) => [gridId, devices])).toEqual([
    ['g1', 5],
    ['g2', 3],
    [null, 2],
  ]);
  expect(answer.domains.map(({ domain, devices }) => [domain, devices])).toEqual([
    ['access', 2],
    ['fire', 7],
    ['sanitation', 1],
  ]);
  for (const sums of [answer.grids, answer.domains])
    for (const problem of fleetProblems)
      expect(sums.reduce((sum, { problems }) => sum + problems[problem], 0)).toBe(answer.counts.problems[problem]);
});

it('believes the rule of silence before any clock of its own', async () => {
  const rule = domainByName('fire')!.rules.find(({ condition }) => condition.kind === 'silence')!;
  await db()
    .insertInto('rules')
    .values({ id: rule.id, version: 1, domain: 'fire', enabled: true, definition: json(rule), updatedAt: ago(0) })
    .execute();
  const alarm = crypto.randomUUID();
  await sql`insert into alarms (id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active,
      severity, urgency, certainty, work_order, cause, raised_at, last_seen_at, last_transition_at, created_at)
    values (${alarm}, 'c1/well', ${rule.id}, '', 1, 'fire', 'r1', 'acknowledged', true, 'minor', 'future', 'observed',
      false, '{}', now(), now(), now(), now())`.execute(db());
  expect(problemsOf(await fleet('limit=200'))['c1/well']).toEqual(['silent']);
  await db().updateTable('alarms').set({ conditionActive: false }).where('id', '=', alarm).execute();
  expect(problemsOf(await fleet('limit=200'))['c1/well']).toEqual([]);
});

it.each(['worst', 'name', 'last-seen', 'battery', 'signal', 'losses', 'dead-letters'])(
  'gives every device once, in pages of two, ordered by %s',
  async (sort) => {
    const whole = (await fleet(`sort=${sort}&limit=200`)).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Fleet = await fleet(`sort=${sort}&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(10);
  },
);

it('sorts what is unknown last, and the worst first', async () => {
  const first = async (sort: string) => (await fleet(`sort=${sort}&limit=1`)).items[0]!.id;
  expect(await first('worst')).toBe('c1/weak');
  expect(await first('battery')).toBe('c1/weak');
  expect(await first('signal')).toBe('c1/weak');
  expect(await first('last-seen')).toBe('c1/quiet');
  expect(await first('losses')).toBe('c1/sleeper');
  expect(await first('dead-letters')).toBe('c1/letters');
});

it('filters by state, place, kind and name; nobody sees beyond their area', async () => {
  const ids = async (query: string, who?: string) => (await fleet(query, who)).items.map(({ id }) => id).sort();
  expect(await ids('problem=silent')).toEqual(['c1/offline', 'c1/quiet']);
  expect(await ids('problem=none')).toEqual(['c1/sleeper', 'c1/well']);
  expect((await ids('problem=any')).length).toBe(8);
  expect(await ids('areaId=g2')).toEqual(['c1/flaps', 'c1/quiet', 'c1/sleeper']);
  expect(await ids('domain=access')).toEqual(['c1/flaps', 'c1/quiet']);
  expect(await ids(`q=${encodeURIComponent('100%_')}`)).toEqual(['c1/well']);
  expect(await ids(`q=${encodeURIComponent("' or 1=1 --")}`)).toEqual([]);
  expect(await ids('', 'grid2')).toEqual(['c1/flaps', 'c1/quiet', 'c1/sleeper']);
  expect(await ids('areaId=g1', 'grid2')).toEqual([]);
  expect((await fleet('areaId=g1', 'grid2')).counts).toMatchObject({ devices: 0, well: 0 });
  for (const query of ['problem=nice', 'sort=luck', 'limit=0', 'cursor=x', 'sort=battery&cursor=WyJhIiwiYiJd'])
    expect([query, (await as('admin', `fleet?${query}`)).status]).toEqual([query, 400]);
});

it('is a table for spreadsheets, too', async () => {
  const { headers, body } = await as('admin', 'fleet/csv?problem=low-battery');
  expect(headers.get('content-type')).toContain('text/csv');
  const [head, line, rest] = String(body).split('\r\n');
  expect(head).toContain('batteryPercent');
  expect(line).toContain('c1/weak,weak,fire');
  expect(line).toContain('low-battery weak-signal');
  expect(rest).toBe('');
});

describe('the page of a device', () => {
  const rule = (id: string, more: object) => {
    const smoke = domainByName('fire')!.rules.find(({ condition }) => condition.kind === 'threshold')!;
    const definition = { ...smoke, id, ...more };
    return db()
      .insertInto('rules')
      .values({ id, version: 1, domain: 'fire', enabled: true, definition: json(definition), updatedAt: ago(0) })
      .execute();
  };

  it('tells the rules that are judged there, off ones too, by place, name and label', async () => {
    await rule('everywhere', {});
    await rule('in-b2', { appliesTo: { areaIds: ['b2'] } });
    await rule('in-b1', { appliesTo: { areaIds: ['b1'] } });
    await rule('of-well', { appliesTo: { deviceIds: ['c1/well'] } });
    await rule('of-kitchens', { appliesTo: { labels: ['kitchen'] } });
    await db().updateTable('rules').set({ enabled: false }).where('id', '=', 'everywhere').execute();
    const rules = async (id: string, who = 'admin') =>
      ((await as(who, `devices/${id}/rules`)).body.items as { id: string; status: { state: string } }[]).map(
        (one) => `${one.id} ${one.status.state}`,
      );
    const silence = domainByName('fire')!.rules.find(({ condition }) => condition.kind === 'silence')!.id;
    expect(await rules('c1/well')).toEqual(['everywhere off', `${silence} on`, 'in-b1 on', 'of-well on'].sort());
    await set('c1/letters', { labels: ['kitchen'] });
    expect(await rules('c1/letters')).toEqual(['everywhere off', `${silence} on`, 'of-kitchens on'].sort());
    expect(await rules('c1/flaps')).toEqual([]);
    expect(await rules('c1/gone')).toEqual([]);
    expect((await as('grid2', 'devices/c1/well/rules')).status).toBe(404);
    expect((await as('admin', 'devices/c1/nobody/rules')).status).toBe(404);
    expect(await rules('c1/well', 'officer')).toHaveLength(4);
  });

  it('tells what it said of itself, and who speaks for it', async () => {
    expect((await as('admin', 'devices/c1/weak')).body).toMatchObject({
      vitals: {
        battery: { percent: 8 },
        signal: { metric: 'rssi', value: -91, percent: 18 },
        clockBehindSeconds: null,
      },
      bridge: null,
    });
    await db()
      .insertInto('bridges')
      .values({
        id: 'c1/frigate',
        kind: 'frigate',
        name: 'NVR',
        topicPrefix: 'frigate',
        areaId: 'c1',
        secretHash: createHash('sha256').update('x').digest(),
        state: 'registered',
        createdAt: ago(0),
      })
      .execute();
    await set('c1/never', { bridgeId: 'c1/frigate', externalId: 'gate' });
    expect((await as('admin', 'devices/c1/never')).body).toMatchObject({
      vitals: { battery: null, signal: null },
      bridge: { id: 'c1/frigate', name: 'NVR', connection: 'never-seen', externalId: 'gate' },
    });
  });

  it('tells the maintenance that covers it, also of a place above, and of nothing else', async () => {
    const window = async (body: object) => {
      const wish = { endsAt: ago(-hour).toISOString(), reason: 'works', ...body };
      const answer = await gateway.call('POST', 'maintenance-windows', { cookie: cookies['admin']!, body: wish });
      expect(answer.status).toBe(201);
      return String(answer.body.id);
    };
    const all = await window({ areaId: 'c1' });
    const fire = await window({ areaId: 'c1', domain: 'fire' });
    const access = await window({ areaId: 'b2', domain: 'access' });
    const one = await window({ deviceId: 'c1/flaps' });
    const covering = async (id: string, who = 'admin') =>
      ((await as(who, `maintenance-windows?deviceId=${id}`)).body.items as { id: string }[]).map((w) => w.id).sort();
    expect(await covering('c1/flaps')).toEqual([all, access, one].sort());
    expect(await covering('c1/well')).toEqual([all, fire].sort());
    expect(await covering('c1/flaps', 'grid2')).toEqual([all, access, one].sort());
    expect(await covering('c1/well', 'grid2')).toEqual([]);
    expect((await as('admin', 'out-of-service?deviceId=c1/out')).body.items).toHaveLength(1);
    expect((await as('admin', 'out-of-service?deviceId=c1/well')).body.items).toEqual([]);
  });

  it('tells its cases, also those that its alarm has left since', async () => {
    const [first, second, order, alarm] = Array.from({ length: 4 }, () => crypto.randomUUID());
    for (const [id, state] of [
      [first, 'closed'],
      [second, 'open'],
    ])
      await sql`insert into incidents (id, domain, category, area_id, severity, state, opened_at)
        values (${id}, 'fire', 'smoke', 'b1', 'minor', ${state}, now())`.execute(db());
    await sql`insert into alarms (id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active,
        severity, urgency, certainty, work_order, cause, raised_at, last_seen_at, last_transition_at, created_at, incident_id)
      values (${alarm}, 'c1/offline', 'everywhere', '', 1, 'fire', 'r1', 'acknowledged', true, 'minor', 'future', 'observed',
        false, '{}', now(), now(), now(), now(), ${second})`.execute(db());
    await sql`insert into work_orders (id, incident_id, category, title, instructions, photo_required, accept_within_seconds, state,
        severity, area_id, created_at, updated_at)
      values (${order}, ${first}, 'smoke', '{"en":"a","zh-CN":"b"}', '{"en":"a","zh-CN":"b"}', false, 60, 'closed', 'minor', 'b1',
        now(), now())`.execute(db());
    await sql`insert into work_order_steps (id, work_order_id, at, action, to_state, actor_kind, actor_id, data)
      values (${crypto.randomUUID()}, ${order}, now(), 'register', 'registered', 'system', 'x',
        ${JSON.stringify({ alarmId: alarm })}::jsonb)`.execute(db());
    const ids = async (path: string) =>
      ((await as('admin', path)).body.items as { id: string }[]).map(({ id }) => id).sort();
    expect(await ids('incidents?state=all&deviceId=c1/offline')).toEqual([first, second].sort());
    expect(await ids('work-orders?state=all&deviceId=c1/offline')).toEqual([order]);
    expect(await ids('work-orders?state=all&deviceId=c1/well')).toEqual([]);
    const from = (ms: number) => encodeURIComponent(ago(ms).toISOString());
    expect(await ids(`alarms?state=all&deviceId=c1/offline&from=${from(hour)}&to=${from(-hour)}`)).toEqual([alarm]);
    expect(await ids(`alarms?state=all&deviceId=c1/offline&to=${from(hour)}`)).toEqual([]);
    await sql`update alarms set condition_active = false, raised_at = now() - interval '3 h', cleared_at = now() - interval '2 h'
      where id = ${alarm}`.execute(db());
    expect(await ids(`alarms?state=all&deviceId=c1/offline&from=${from(hour)}`)).toEqual([]);
    expect(await ids(`alarms?state=all&deviceId=c1/offline&from=${from(2.5 * hour)}`)).toEqual([alarm]);
  });

  it('tells its past by windows with the peak in them, or reading by reading, with a bound', async () => {
    const start = Date.UTC(2026, 0, 1);
    await gateway.timeSeries.append(
      Array.from({ length: 6000 }, (_, i) => ({
        deviceId: 'c1/well',
        metric: 'smoke',
        ts: start + i * 1000,
        value: i === 77 ? 9 : i % 2,
      })),
    );
    const past = async (more: string, who = 'admin') =>
      as(who, `readings/history?deviceId=c1/well&metric=smoke&from=2026-01-01T00:00:00Z&${more}`);
    const windows = (await past('to=2026-01-01T00:03:00Z&windowMs=60000')).body;
    expect(windows).toMatchObject({ readings: [], truncated: false });
    expect(windows.windows.map(([at, , low, high]: number[]) => [at, low, high])).toEqual([
      [start, 0, 1],
      [start + minute, 0, 9],
      [start + 2 * minute, 0, 1],
    ]);
    expect((await past('to=2026-01-01T00:00:02Z')).body.readings).toEqual([
      [start, 0],
      [start + 1000, 1],
    ]);
    const long = (await past('to=2026-01-02T00:00:00Z')).body;
    expect([long.readings.length, long.truncated]).toEqual([5000, true]);
    expect((await past('to=2026-06-01T00:00:00Z&windowMs=60000')).status).toBe(400);
    expect((await past('to=2025-06-01T00:00:00Z')).status).toBe(400);
    expect((await past('to=2026-01-02T00:00:00Z', 'grid2')).status).toBe(404);
  });
});
