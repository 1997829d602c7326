import { createMqttStrategy, SensingModule } from '@sc/apps/sensing';
import { UnitOfWork } from '@sc/platform/database';
import type { EmbeddedMqttStrategy } from '@sc/platform/mqtt';
import { sql } from 'kysely';
import { connectAsync, type MqttClient } from 'mqtt';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { waitUntil } from '../support/wait.js';

const smoke = 'c1/smoke-1';

describe('a dead letter is replayed', () => {
  let gateway: TestGateway;
  let strategy: EmbeddedMqttStrategy;
  let admin: string;
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ module: { imports: [SensingModule.forRoot()] } });
    await aDevice(gateway.database.db);
    await gateway.person('admin', 'admin', 'c1');
    admin = await gateway.login('admin');
    strategy = createMqttStrategy(gateway.app, { port: 0, host: '127.0.0.1' });
    gateway.app.connectMicroservice({ strategy });
    await gateway.app.startAllMicroservices();
  }, 60_000);
  afterAll(async () => {
    for (const client of clients) client.end(true);
    await gateway?.stop();
  }, 60_000);

  const device = async (id: string, secret = `secret-${id}`) => {
    const options = { username: id, password: secret, clientId: id, reconnectPeriod: 0 };
    const client = await connectAsync(`mqtt://127.0.0.1:${strategy.broker.port}`, options);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const call = (method: string, path: string, body?: unknown) => gateway.call(method, path, { cookie: admin, body });
  const replay = (id: string) => call('POST', `dead-letters/${id}/replay`);
  const letters = async (deviceId: string) => (await call('GET', `dead-letters?deviceId=${deviceId}`)).body.items;
  const alarms = async (deviceId: string) => (await call('GET', `alarms?deviceId=${deviceId}`)).body.items;
  const values = async (deviceId: string, metric: string) =>
    (await gateway.timeSeries.read({ deviceIds: [deviceId], metric, from: 0, to: 9e15, limit: 1000 })).map(
      ({ ts, value }) => [ts, value],
    );

  it('of a device that is registered only now: readings, alarm, and once', async () => {
    const { db } = gateway.database;
    const facts = { community: 'c1', device: 'late', domain: 'fire', name: 'Late', areaId: 'r1' };
    const late = await device('c1/late', (await call('POST', 'devices', facts)).body.secret);
    const other = await device(smoke);
    // it is known to be there, so that nothing but its alarm will wait for its row
    await waitUntil(async () => {
      const found = await db.selectFrom('devices').select('connection').where('id', '=', smoke).executeTakeFirst();
      return found?.connection === 'online';
    });
    // its message arrives while the alarm of another device waits for its row, and before its turn the device is gone
    const row = await db.startTransaction().execute();
    await row.selectFrom('devices').select('id').where('id', '=', smoke).forUpdate().execute();
    const stuck = other.publishAsync(`sc/fire/${smoke}/event`, '{"type":"smoke.alarm"}', { qos: 1 });
    // it has begun, so that the next message is not handled together with it
    await waitUntil(async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event <> 'advisory'`.execute(db);
      return rows.length > 0;
    });
    const ts = Date.now();
    const payload = [
      { ts: ts - 1000, values: { smoke: 20 } },
      { ts, values: { smoke: 30 } },
    ];
    await late.publishAsync('sc/fire/c1/late/telemetry', JSON.stringify(payload), { qos: 0 });
    await waitUntil(() => strategy.health().pendingMessages === 2);
    await db.deleteFrom('devices').where('id', '=', 'c1/late').execute();
    await gateway.app.get(UnitOfWork).run(async ({ emit }) =>
      emit({
        type: 'device.changed.v1',
        payload: { deviceId: 'c1/late', change: 'retired' },
        areaId: 'r1',
        subjectId: 'c1/late',
      }),
    );
    await waitUntil(() => !strategy.broker.isConnected('c1/late'));
    await row.commit().execute();
    await stuck;
    await waitUntil(async () => (await letters('c1/late')).length === 1);
    const [first] = await letters('c1/late');
    expect(first).toMatchObject({ reason: 'unregistered-device', replayedAt: null });

    expect((await replay(first.id)).status).toBe(204);
    const again = (await letters('c1/late')).find(({ id }: { id: string }) => id !== first.id);
    expect(again).toMatchObject({ reason: 'unregistered-device', payload: first.payload, replayedAt: null });
    expect(await values('c1/late', 'smoke')).toEqual([]);

    expect((await call('POST', 'devices', facts)).status).toBe(201);
    expect((await replay(again.id)).status).toBe(204);
    const stored = [
      [ts - 1000, 20],
      [ts, 30],
    ];
    expect(await values('c1/late', 'smoke')).toEqual(stored);
    expect(await alarms('c1/late')).toMatchObject([{ ruleId: 'fire-smoke', occurrences: 1 }]);
    expect((await letters('c1/late')).map(({ replayedAt }: { replayedAt: string | null }) => !!replayedAt)).toEqual([
      true,
      true,
    ]);

    expect((await replay(again.id)).body.code).toBe('conflict');
    expect(await values('c1/late', 'smoke')).toEqual(stored);
    expect((await call('GET', 'devices/c1/late')).body).toMatchObject({ connection: 'never-seen', lastSeenAt: null });
  });

  it('of which a part was stored: that part stays once, with its time, also without a time of its own', async () => {
    const client = await device(smoke);
    await client.publishAsync(`sc/fire/${smoke}/telemetry`, '{"values":{"temperature":21,"smoke":900}}', { qos: 1 });
    const stored = await values(smoke, 'temperature');
    expect(stored).toHaveLength(1);
    for (let times = 1; times <= 2; times += 1) {
      const open = (await letters(smoke)).filter(({ replayedAt }: { replayedAt: string | null }) => !replayedAt);
      expect(open).toMatchObject([{ reason: 'value-out-of-range' }]);
      const answers = await Promise.all([replay(open[0].id), replay(open[0].id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect(await letters(smoke)).toHaveLength(times + 1);
      expect(await values(smoke, 'temperature')).toEqual(stored);
    }
  });

  it('sent with a clock ahead, when that time has come', async () => {
    const id = 'c1/fast-clock';
    await aDevice(gateway.database.db, { id });
    const client = await device(id);
    const ahead = (ts: number) => JSON.stringify({ ts: ts + 600_000, values: { smoke: 1 } });
    await client.publishAsync(`sc/fire/${id}/telemetry`, ahead(Date.now()), { qos: 1 });
    const [letter] = await letters(id);
    expect(letter.reason).toBe('clock-ahead');
    // the same an hour ago, so that its time has come
    const then = Date.now() - 3_600_000;
    await gateway.database.db
      .updateTable('deadLetters')
      .set({ payload: Buffer.from(ahead(then)), receivedAt: new Date(then) })
      .where('id', '=', letter.id)
      .execute();
    expect((await replay(letter.id)).status).toBe(204);
    expect(await values(id, 'smoke')).toEqual([[then + 600_000, 1]]);
  });

  it('not, when only its beginning was kept', async () => {
    const id = 'c1/long';
    await aDevice(gateway.database.db, { id });
    const client = await device(id);
    await client.publishAsync(`sc/fire/${id}/telemetry`, `[${'9'.repeat(5000)}`, { qos: 1 });
    const [letter] = await letters(id);
    expect(await replay(letter.id)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await letters(id)).toMatchObject([{ replayedAt: null }]);
  });

  it('not, when sensing stops meanwhile: it stays as it was', async () => {
    const client = await device('c1/long');
    await client.publishAsync('sc/fire/c1/long/telemetry', '{"values":{"smoke":1,"co":-5}}', { qos: 1 });
    const [letter] = await letters('c1/long');
    gateway.timeSeries.unavailable = true;
    const waiting = replay(letter.id);
    await waitUntil(() => strategy.health().stalledSince !== undefined);
    await strategy.broker.close();
    expect(await waiting).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect((await letters('c1/long')).find(({ id }: { id: string }) => id === letter.id).replayedAt).toBeNull();
  });
});
