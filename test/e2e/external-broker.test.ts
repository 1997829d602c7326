import { alarmSchema, deadLetterSchema, deviceDetailSchema, readingsSchema } from '@sc/contracts';
import { connectAsync, type MqttClient } from 'mqtt';
import { PlatformProcess } from '../support/platform-process.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const config = [
  'allow_anonymous true',
  'persistence false',
  'max_inflight_messages 2000',
  'max_queued_messages 1000000',
].join('\n');
const mosquitto = await provide('mosquitto', { control: true, config });
const detector = 'sunshine/home-b2-502';
const password = 'never-to-be-seen';

/** Devices speak to a broker that has nothing to do with us; the platform comes, is killed, and comes again. */
describeWith(mosquitto, 'the platform at a broker elsewhere', (service) => {
  let platform: PlatformProcess;
  let client: MqttClient;
  let clock = 0;
  const published: number[] = [];

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    client = await connectAsync(service.url, { reconnectPeriod: 200 });
    clock = Date.now() - 30 * 60_000;
  }, 60_000);
  afterAll(async () => {
    client?.end(true);
    await platform?.dispose();
    await service.stop();
  }, 60_000);

  const start = () =>
    platform.start(['--no-simulators'], { MQTT_URL: service.url.replace('//', `//platform:${password}@`) });
  const health = async () => {
    const answer = await fetch(`${platform.httpUrl}/readyz`);
    return { ok: answer.ok, text: await answer.text() };
  };
  const publish = async (count: number, smoke: number) => {
    const many = Array.from({ length: count }, async () => {
      const ts = (clock += 250);
      await client.publishAsync(
        `sc/fire/${detector}/telemetry`,
        JSON.stringify({ ts, values: { smoke, temperature: 20 } }),
        { qos: 1 },
      );
      published.push(ts);
    });
    await Promise.all(many);
  };
  const stored = async () => {
    const operator = await platform.login('operator1');
    const { items } = await operator.get(readingsSchema, '/readings', {
      deviceId: detector,
      metric: 'smoke',
      from: new Date(published[0] ?? clock).toISOString(),
      to: new Date(clock + 1000).toISOString(),
      limit: 10_000,
    });
    return items.map(({ ts }) => Date.parse(ts));
  };

  it('is killed with hundreds on the way, again and again, and has everything once', async () => {
    await start();
    // A broker keeps nothing for whom it does not know yet.
    await waitUntil(async () => (await health()).ok);
    for (let round = 0; round < 2; round += 1) {
      const publishing = publish(1000, 0.1);
      const before = published.length;
      await waitUntil(() => published.length > before + 300);
      await platform.kill();
      await publishing;
      // while it is away the broker keeps what devices say
      await publish(200, 0.1);
      await start();
    }
    await publish(5, 25);
    await waitUntil(async () => new Set(await stored()).size === published.length);
    const times = await stored();
    expect(times).toHaveLength(published.length);
    expect(new Set(times)).toEqual(new Set(published));
    const operator = await platform.login('operator1');
    const alarms = await operator.all(alarmSchema, '/alarms', { state: 'all', deviceId: detector });
    expect(alarms.filter(({ ruleId }) => ruleId === 'fire-smoke')).toHaveLength(1);
  }, 300_000);

  it('believes the status topic about who is online, and keeps what is of no use', async () => {
    const operator = await platform.login('operator1');
    const connection = async () => (await operator.get(deviceDetailSchema, `/devices/${detector}`)).connection;
    for (const state of ['online', 'offline'] as const) {
      const payload = JSON.stringify({ state });
      await client.publishAsync(`sc/fire/${detector}/status`, payload, { qos: 1, retain: true });
      await waitUntil(async () => (await connection()) === state);
    }
    await client.publishAsync('sc/fire/sunshine/nobody/telemetry', '{"values":{"smoke":1}}', { qos: 1 });
    await client.publishAsync(`sc/fire/${detector}/telemetry`, 'no json', { qos: 1 });
    await waitUntil(async () => (await operator.all(deadLetterSchema, '/dead-letters')).length >= 2);
    const letters = await operator.all(deadLetterSchema, '/dead-letters');
    expect(letters.map(({ deviceId, reason }) => [deviceId, reason]).sort()).toEqual([
      [detector, 'not-json'],
      ['sunshine/nobody', 'unregistered-device'],
    ]);
  }, 60_000);

  it('turns red while the broker is away, and well again when it is back', async () => {
    await waitUntil(async () => (await health()).ok);
    await service.kill();
    await waitUntil(async () => (await health()).text.includes('broker-disconnected'));
    expect((await health()).ok).toBe(false);
    await service.restart();
    await waitUntil(async () => (await health()).ok, 60_000);
  }, 120_000);

  it('tells its password to nobody', async () => {
    expect(platform.output).toContain(new URL(service.url).host);
    expect(platform.output + (await platform.log())).not.toContain(password);
  });
});
