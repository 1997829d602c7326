import { connect as connectTcp } from 'node:net';
import { alarmSchema, deadLetterSchema, deviceDetailSchema } from '@sc/contracts';
import { connectAsync, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import type { PlatformClient } from '../../simulators/client/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { PlatformProcess } from '../support/platform-process.js';
import { untilClosed, waitUntil } from '../support/wait.js';

const confused = 'sunshine/smoke-b1-4f';
const greedy = 'sunshine/smoke-b3-4f';
const attacked = 'sunshine/smoke-b4-4f';
const limitMs = 120_000;

/** Every byte a registered device may send on its own topics, and more of them than anybody needs. */
describe('hostile payloads and floods of a registered device', () => {
  let platform: PlatformProcess;
  /** Only to look into the security log, which no route shows. */
  let database: TestDatabase;
  let operator: PlatformClient;
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    platform = await PlatformProcess.create();
    await platform.start(['--no-simulators'], { DATABASE_URL: database.url });
    operator = await platform.login('operator1');
  }, 180_000);
  afterAll(async () => {
    for (const client of clients) client.end(true);
    await platform?.dispose();
    await database?.drop();
  }, 60_000);

  const connect = async (id: string) => {
    const { secret } = await platform.deviceLogin(id);
    const options = { username: id, password: secret, clientId: id, reconnectPeriod: 0 };
    const client = await connectAsync(platform.mqttUrl, options, false);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const lettersOf = async (deviceId: string) =>
    (await operator.all(deadLetterSchema, '/dead-letters', { deviceId, limit: 200 })).reverse();
  const lastOf = async (deviceId: string) =>
    Object.fromEntries(
      (await operator.get(deviceDetailSchema, `/devices/${deviceId}`)).lastReadings.map(({ metric, value }) => [
        metric,
        value,
      ]),
    );
  /** Sent one after the other: a message that was not acknowledged would hold up all that follow. */
  const sendAll = async (sent: readonly (readonly [channel: string, payload: string | Buffer, reason?: string])[]) => {
    const client = await connect(confused);
    const before = (await lettersOf(confused)).length;
    for (const [channel, payload] of sent)
      await client.publishAsync(`sc/fire/${confused}/${channel}`, payload, { qos: 1 });
    const letters = (await lettersOf(confused)).slice(before);
    expect(letters.map(({ reason }) => reason)).toEqual(sent.flatMap(([, , reason]) => reason ?? []));
    await client.endAsync(true);
  };
  /** A fire, acknowledged and then seen. */
  const expectFireSeen = async (deviceId: string) => {
    const client = await connect(deviceId);
    const payload = JSON.stringify({ ts: Date.now(), values: { smoke: 25 } });
    await client.publishAsync(`sc/fire/${deviceId}/telemetry`, payload, { qos: 1 });
    const alarms = await operator.all(alarmSchema, '/alarms', { deviceId });
    expect(alarms.map(({ ruleId }) => ruleId)).toContain('fire-smoke');
  };

  it('believes no absurd clock, and keeps what stands beside it', async () => {
    const now = Date.now();
    const clocks: [ts: string, reason: string][] = [
      ['0', 'too-old'],
      ['"1970-01-01T00:00:00Z"', 'too-old'],
      ['"9999-12-31T23:59:59Z"', 'clock-ahead'],
      ['253402300799000', 'clock-ahead'],
      [String(now + 600_000), 'clock-ahead'],
      ['-1', 'schema-mismatch'],
      ['1e300', 'schema-mismatch'],
      ['1e999', 'schema-mismatch'],
      ['1.5', 'schema-mismatch'],
      ['null', 'schema-mismatch'],
      ['"now"', 'schema-mismatch'],
      ['"2026-01-01T00:00:00"', 'schema-mismatch'],
      ['"2026-02-30T00:00:00Z"', 'schema-mismatch'],
    ];
    await sendAll(
      clocks.flatMap(([ts, reason]) => [
        ['telemetry', `{"ts":${ts},"values":{"smoke":99}}`, reason] as const,
        ['event', `{"ts":${ts},"type":"test"}`, reason] as const,
      ]),
    );
    await sendAll([['telemetry', `[{"ts":0,"values":{"smoke":99}},{"ts":${now},"values":{"smoke":0.25}}]`, 'too-old']]);
    expect(await lastOf(confused)).toMatchObject({ smoke: 0.25 });
  }, 120_000);

  it('takes no number that is none, no bottomless nesting, no key that means something to a program', async () => {
    const now = Date.now();
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const arrays = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    await sendAll([
      ['telemetry', '{"values":{"smoke":NaN}}', 'not-json'],
      ['telemetry', '{"values":{"smoke":Infinity}}', 'not-json'],
      ['telemetry', '{"values":{"smoke":1e999}}', 'schema-mismatch'],
      ['telemetry', '{"values":{"smoke":-1e999}}', 'schema-mismatch'],
      ['telemetry', '{"values":{"smoke":1.7976931348623157e308}}', 'value-out-of-range'],
      ['telemetry', `{"values":{"smoke":${'9'.repeat(200_000)}}}`, 'schema-mismatch'],
      ['telemetry', deep(10_000), 'schema-mismatch'],
      ['telemetry', `{"values":{"smoke":${arrays}}}`, 'schema-mismatch'],
      ['telemetry', `{"values":${deep(10_000)}}`, 'schema-mismatch'],
      ['event', `{"type":"test","data":${deep(10_000)}}`, 'schema-mismatch'],
      ['event', `{"type":"test","data":{"a":${arrays}}}`, 'schema-mismatch'],
      ['status', deep(10_000), 'schema-mismatch'],
      ['telemetry', '{"__proto__":{"values":{"smoke":99}}}', 'schema-mismatch'],
      // left out, as if it had not been sent
      ['telemetry', `{"ts":${now - 1000},"values":{"smoke":0.5,"__proto__":99}}`],
      ['telemetry', `{"ts":0,"ts":${now},"values":{"smoke":99,"smoke":0.75}}`],
      ['telemetry', `{"ts":${now},"values":{"constructor":1,"toString":2,"valueOf":3}}`],
      ['event', '{"type":"test","data":{"__proto__":{"polluted":true},"constructor":{"prototype":1}}}'],
    ]);
    // of a key that is there twice the last one counts
    expect(await lastOf(confused)).toMatchObject({ smoke: 0.75, constructor: 1, toString: 2, valueOf: 3 });
  }, 120_000);

  it('keeps bytes that are no text as what they are not', async () => {
    const around = (bytes: number[]) =>
      Buffer.concat([Buffer.from('{"values":{"note":"'), Buffer.from(bytes), Buffer.from('"}}')]);
    await sendAll([
      ['telemetry', Buffer.of(0xff, 0xfe, 0x00), 'not-json'],
      ['telemetry', Buffer.from('\ufeff{"values":{"smoke":0.1}}', 'utf16le'), 'not-json'],
      ['event', Buffer.concat([Buffer.from('{"type":"'), Buffer.of(0xc3, 0x28), Buffer.from('"}')]), 'schema-mismatch'],
      ['event', '{"type":"test","data":{"a":"\\u0000"}}', 'schema-mismatch'],
      ['event', '{"type":"test","data":{"a":"\\ud800"}}', 'schema-mismatch'],
      ['telemetry', around([0x61, 0xff, 0xed, 0xa0, 0x80])],
    ]);
    expect((await lastOf(confused))['note']).toMatch(/^a\ufffd+$/);
    await expectFireSeen(confused);
  }, 120_000);

  it.each([
    ['tiny', 20_000, () => JSON.stringify({ ts: Date.now(), values: { smoke: 0.1 } }), 'sunshine/smoke-b5-4f'],
    ['256 KB', 500, () => `{"values":{"smoke":0.1}}${' '.repeat(255 * 1024)}`, 'sunshine/smoke-b6-4f'],
  ])(
    'hears a fire while one device sends a hundred times as much: %s messages',
    async (_, count, payload, honest) => {
      const flooder = await connect(greedy);
      const other = await connect('sunshine/home-b2-502');
      let done = 0;
      const flood = Array.from({ length: count }, async () => {
        await flooder.publishAsync(`sc/fire/${greedy}/telemetry`, payload(), { qos: 1 });
        done += 1;
      });
      // amid the flood, about one message of another for a hundred of this one
      for (let sent = 0; done < count / 2; sent += 1) {
        const reading = JSON.stringify({ ts: Date.now(), values: { smoke: 0.1 } });
        await other.publishAsync('sc/fire/sunshine/home-b2-502/telemetry', reading, { qos: 1 });
        if (sent === 0) await expectFireSeen(honest);
        await waitUntil(() => done >= Math.min(sent * 100, count / 2), limitMs);
      }
      await Promise.all(flood);
      expect(other.connected && flooder.connected).toBe(true);
      await Promise.all([flooder.endAsync(true), other.endAsync(true)]);
    },
    240_000,
  );

  it('holds off who tries 2,500 passwords, and lets others in from the same place', async () => {
    const answers = new Map<number, number>();
    const attempt = async (username: string) => {
      const socket = connectTcp(platform.mqttPort, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(generate({ cmd: 'connect', clientId: username, username, password: Buffer.from('guess') }));
      const answer = await Promise.race([
        new Promise<Buffer>((resolve) => void socket.once('data', resolve)),
        untilClosed(socket).then(() => undefined),
      ]);
      socket.destroy();
      const code = answer?.[3] ?? -1;
      answers.set(code, (answers.get(code) ?? 0) + 1);
    };
    let left = 2_500;
    const attackers = Array.from({ length: 50 }, async (_, attacker) => {
      for (; left > 0; left -= 1) await attempt(attacker % 2 ? attacked : `sunshine/made-up-${left}`);
    });
    await waitUntil(() => left < 1_800, limitMs);
    await expectFireSeen('sunshine/smoke-b7-4f');
    await Promise.all(attackers);
    expect(answers.get(0)).toBeUndefined();
    // 4: looked at and refused; 5: not even looked at any more
    expect(answers.get(5)).toBeGreaterThan(500);
    await expect(connect(attacked)).rejects.toThrow();
    await expectFireSeen('sunshine/smoke-b8-4f');
    const logged = await database.db
      .selectFrom('securityLog')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('actor', '=', attacked)
      .executeTakeFirstOrThrow();
    expect(Number(logged.count)).toBeLessThan(200);
    expect(platform.running).toBe(true);
  }, 240_000);
});
