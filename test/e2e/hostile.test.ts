import { connect as connectTcp, type Socket } from 'node:net';
import { alarmSchema, deadLetterSchema, deviceDetailSchema } from '@sc/contracts';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { MqttDevice, type PlatformClient } from '../../simulators/client/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PlatformProcess } from '../support/platform-process.js';
import { untilClosed, waitUntil } from '../support/wait.js';

const good = 'sunshine/home-b2-502';
const confused = 'sunshine/smoke-b1-4f';
const greedy = 'sunshine/smoke-b3-4f';
const thief = 'sunshine/smoke-b4-4f';

/** Devices that lie, shout and break the rules, while another one has a fire to report. */
describe('a hostile environment', () => {
  let platform: PlatformProcess;
  /** Only to look into the security log, which no route shows. */
  let database: TestDatabase;
  let operator: PlatformClient;
  let honest: MqttDevice;
  const clients: MqttClient[] = [];
  const sockets: Socket[] = [];
  let fireReported = 0;
  let reporting: Promise<void>;
  let enough = false;

  beforeAll(async () => {
    database = await createTestDatabase();
    platform = await PlatformProcess.create();
    await platform.start(['--no-simulators'], { DATABASE_URL: database.url });
    operator = await platform.login('operator1');
    honest = await platform.device(good);
    reporting = (async () => {
      for (; !enough; fireReported += 1) {
        await honest.telemetry({ ts: Date.now(), values: { smoke: 0.1, battery: 80 } });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
  }, 180_000);

  afterAll(async () => {
    enough = true;
    for (const client of clients) client.end(true);
    for (const socket of sockets) socket.destroy();
    await honest?.end();
    await platform?.dispose();
    await database?.drop();
  }, 60_000);

  const connect = async (id: string, more: IClientOptions = {}) => {
    const { secret } = await platform.deviceLogin(id);
    const options = { username: id, password: secret, clientId: id, reconnectPeriod: 0, ...more };
    const client = await connectAsync(platform.mqttUrl, options, false);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const securityLog = async (actor: string) =>
    (await database.db.selectFrom('securityLog').select('kind').where('actor', '=', actor).execute()).map(
      ({ kind }) => kind,
    );
  /** The honest device got PUBACKs meanwhile and goes on getting them. */
  const expectServed = async () => {
    const before = fireReported;
    await waitUntil(() => fireReported > before + 5, 60_000);
  };

  it('holds sockets that say nothing, for a while', async () => {
    const ended: Promise<unknown>[] = [];
    for (let n = 0; n < 200; n += 1) {
      const socket = connectTcp(platform.mqttPort, '127.0.0.1');
      socket.on('error', () => undefined);
      sockets.push(socket);
      ended.push(untilClosed(socket));
      // some of them begin a packet and leave it at that
      if (n % 4 === 0) socket.write(Buffer.of(0x10));
      socket.resume();
    }
    await expectServed();
    await Promise.all(ended);
    await expectServed();
  }, 120_000);

  it('keeps what cannot be used with its reason, and acknowledges it', async () => {
    const client = await connect(confused);
    const ts = Date.now();
    const values = (of: object) => JSON.stringify({ ts, values: of });
    const sent: [channel: string, payload: string | Buffer, reason: string][] = [
      ['telemetry', 'x'.repeat(300 * 1024), 'too-large'],
      ['telemetry', '{"values":{"smoke":', 'not-json'],
      ['telemetry', Buffer.of(0, 255, 254, 1), 'not-json'],
      ['telemetry', '{"values":{"smoke":NaN}}', 'not-json'],
      ['telemetry', '{"values":{"smoke":-1e999}}', 'schema-mismatch'],
      ['telemetry', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'schema-mismatch'],
      ['telemetry', '{"values":{"__proto__":{"smoke":1}}}', 'schema-mismatch'],
      ['telemetry', values({ "smoke'); drop table alarms; --": 1 }), 'schema-mismatch'],
      ['telemetry', values({ '<script>alert(1)</script>': 1 }), 'schema-mismatch'],
      ['telemetry', values({ smoke: "25'; drop table devices; --" }), 'wrong-type'],
      ['telemetry', values({ smoke: 1e9 }), 'value-out-of-range'],
      ['event', JSON.stringify({ ts, type: "x'; truncate alarms; --" }), 'schema-mismatch'],
      ['event', JSON.stringify({ ts, type: '<img src=x onerror=alert(1)>' }), 'schema-mismatch'],
    ];
    for (const [channel, payload] of sent)
      await client.publishAsync(`sc/fire/${confused}/${channel}`, payload, { qos: 1 });
    const letters = await operator.all(deadLetterSchema, '/dead-letters', { deviceId: confused });
    expect(letters.map(({ reason }) => reason).reverse()).toEqual(sent.map(([, , reason]) => reason));
    expect(letters.at(-1)).toMatchObject({ payloadBytes: 300 * 1024, payload: 'x'.repeat(4096) });
    await expectServed();
  }, 120_000);

  it('carries text of strangers as text', async () => {
    const client = await connect(confused);
    const nasty = `'; drop table devices; -- <script>alert("1")</script> \${7*7} \u202e`;
    await client.publishAsync(`sc/fire/${confused}/telemetry`, JSON.stringify({ values: { note: nasty } }), { qos: 1 });
    const event = { id: nasty, type: 'note.left', data: { [nasty]: nasty } };
    await client.publishAsync(`sc/fire/${confused}/event`, JSON.stringify(event), { qos: 1 });
    const device = await operator.get(deviceDetailSchema, `/devices/${confused}`);
    expect(device.lastReadings.find(({ metric }) => metric === 'note')?.value).toBe(nasty);
    const answer = await operator.send('GET', `/devices/${confused}`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await operator.all(deadLetterSchema, '/dead-letters', { deviceId: confused })).toHaveLength(13);
  }, 60_000);

  it('lets nobody in under the name of another, and writes it down', async () => {
    const other = good.split('/')[1]!;
    await expect(connect(thief, { clientId: good })).rejects.toThrow();
    await expect(connect(thief, { clientId: `${good}:2` })).rejects.toThrow();
    await expect(connect(thief, { username: good })).rejects.toThrow();
    await expect(connect(thief, { username: `elsewhere/${other}`, clientId: `elsewhere/${other}` })).rejects.toThrow();
    const will = { topic: `sc/fire/${good}/status`, payload: Buffer.from('{"state":"offline"}'), qos: 1 as const };
    await expect(connect(thief, { will })).rejects.toThrow();
    expect(honest.client.connected).toBe(true);
    for (const actor of [thief, good, `elsewhere/${other}`])
      await waitUntil(async () => (await securityLog(actor)).includes('login-refused'));
    await expectServed();
  }, 60_000);

  it('takes nothing on topics of others, and ends who goes on trying', async () => {
    const client = await connect(greedy);
    const gone = untilClosed(client);
    const fire = JSON.stringify({ ts: Date.now(), values: { smoke: 99 } });
    for (const topic of [`sc/fire/${good}/telemetry`, 'sc/fire/elsewhere/x/telemetry', '$SYS/broker', 'sc/fire'])
      await client.publishAsync(topic, fire, { qos: 1 });
    // MQTT.js reports a refused subscription as an error
    await client.subscribeAsync('#').catch(() => undefined);
    // what is not acknowledged before the end fails, as it should
    for (let n = 0; n < 10_000; n += 1)
      client.publishAsync(`sc/fire/sunshine/made-up-${n}/telemetry`, fire, { qos: 1 }).catch(() => undefined);
    await gone;
    client.end(true);
    await expect(connect(greedy)).rejects.toThrow();
    await waitUntil(async () => {
      const kinds = await securityLog(greedy);
      return ['topic-refused', 'subscription-refused', 'device-held-off'].every((kind) => kinds.includes(kind));
    });
    // what strangers can write into it is bounded
    expect((await securityLog(greedy)).length).toBeLessThan(5000);
    expect(await operator.all(alarmSchema, '/alarms', { deviceId: good })).toEqual([]);
    expect(await operator.all(deadLetterSchema, '/dead-letters', { deviceId: good })).toEqual([]);
    await expectServed();
  }, 120_000);

  it('ends a connection that announces a packet of 200 MB, without taking it in', async () => {
    const client = await connect(thief);
    const gone = untilClosed(client);
    client.stream.write(Buffer.of(0x32, 0x80, 0x80, 0x80, 0x64));
    await gone;
    await waitUntil(async () => (await securityLog(thief)).includes('packet-too-large'));
    await expectServed();
  }, 60_000);

  it('has seen the real fire through all this', async () => {
    enough = true;
    await reporting;
    await honest.telemetry({ ts: Date.now(), values: { smoke: 25 } });
    const alarms = await operator.all(alarmSchema, '/alarms', { deviceId: good });
    expect(alarms).toMatchObject([{ ruleId: 'fire-smoke', state: 'unacknowledged' }]);
    expect((await operator.get(deviceDetailSchema, `/devices/${good}`)).connection).toBe('online');
    expect(platform.running).toBe(true);
  }, 60_000);
});
