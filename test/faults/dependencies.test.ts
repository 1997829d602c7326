import { setTimeout as wait } from 'node:timers/promises';
import { alarmSchema, deadLetterSchema, formatTopic, readingsSchema, workOrderSchema } from '@sc/contracts';
import { connectAsync } from 'mqtt';
import { MqttDevice, type PlatformClient } from '../../simulators/client/index.js';
import { isAlive, PlatformProcess } from '../support/platform-process.js';
import { waitUntil } from '../support/wait.js';
import { postmasterPid, withChildren } from './campaign/postgres.js';

const hour = 3_600_000;

describe('what the platform rests on fails', () => {
  let platform: PlatformProcess;
  let operator: PlatformClient;

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    await platform.start();
    operator = await platform.login('operator1');
  }, 180_000);
  afterAll(async () => {
    await platform?.dispose();
  }, 60_000);

  /** In buildings of their own, so that each test has an incident of its own. */
  const device = (id: string) =>
    platform
      .deviceLogin(id)
      .then((login) => MqttDevice.connect(login, { mqttUrl: platform.mqttUrl, limitMs: 120_000 }));
  const smokeOf = async (deviceId: string, from: number, to: number) => {
    const query = { deviceId, metric: 'smoke', from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const { items } = await operator.get(readingsSchema, '/readings', { ...query, limit: 10_000 });
    return items.map(({ ts }) => Date.parse(ts));
  };
  /** One smoke alarm of the device, begun once, in an incident with one order that somebody has. */
  const expectOneAlarmAndOrder = async (deviceId: string) => {
    const smokeAlarms = async () =>
      (await operator.all(alarmSchema, '/alarms', { state: 'all', deviceId })).filter(
        ({ ruleId }) => ruleId === 'fire-smoke',
      );
    await waitUntil(async () => (await smokeAlarms()).some(({ workOrderId }) => workOrderId !== null), 90_000);
    const [alarm, ...more] = await smokeAlarms();
    expect(more).toEqual([]);
    expect(alarm!.occurrences).toBe(1);
    const orders = (await operator.all(workOrderSchema, '/work-orders', { state: 'all' })).filter(
      ({ incidentId }) => incidentId === alarm!.incidentId,
    );
    expect(orders).toHaveLength(1);
    expect(orders[0]!.assigneeId).not.toBeNull();
  };

  it('PostgreSQL is frozen while an alarm begins: its PUBACK waits, the device stays connected, nothing is doubled', async () => {
    const id = 'sunshine/smoke-b2-4f';
    const login = await platform.deviceLogin(id);
    const client = await connectAsync(platform.mqttUrl, {
      username: id,
      password: login.secret,
      clientId: id,
      keepalive: 2,
      reconnectPeriod: 0,
    });
    let closed = false;
    client.on('close', () => (closed = true));
    const topic = formatTopic({ domain: login.domain, deviceId: id, channel: 'telemetry' });
    const start = Date.now();
    const publish = (step: number, smoke: number) =>
      client.publishAsync(topic, JSON.stringify({ ts: start + step, values: { smoke } }), { qos: 1 });
    for (let step = 0; step < 20; step += 1) await publish(step, 0.1);
    const frozen = withChildren(await postmasterPid(platform.dataDir));
    let given = 0;
    const waiting: Promise<unknown>[] = [];
    try {
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      for (let step = 20; step < 40; step += 1) waiting.push(publish(step, 25).then(() => (given += 1)));
      await wait(8000);
      expect(given).toBe(0);
      expect(closed).toBe(false);
    } finally {
      for (const pid of frozen) if (isAlive(pid)) process.kill(pid, 'SIGCONT');
    }
    await Promise.all(waiting);
    expect(closed).toBe(false);
    await client.endAsync(true);
    await expectOneAlarmAndOrder(id);
    expect(await smokeOf(id, start, start + 1000)).toEqual(Array.from({ length: 40 }, (_, step) => start + step));
  }, 300_000);

  it("a device's clock jumps ahead and back: what cannot be is a dead letter, the rest is stored, the alarm is not lost", async () => {
    const id = 'sunshine/smoke-b3-1f';
    const sensor = await device(id);
    const now = Date.now();
    const send = (ts: number, smoke: number) => sensor.telemetry({ ts, values: { smoke } });
    await send(now - 2000, 0.1);
    await send(now + hour, 25);
    await send(now - 24 * hour, 0.2);
    await send(now - 24 * hour + 1000, 0.3);
    await sensor.event({ ts: now + hour, type: 'fault' });
    await send(now - 1000, 25);
    const letters = await operator.all(deadLetterSchema, '/dead-letters', { deviceId: id });
    expect(letters.map(({ reason }) => reason)).toEqual(['clock-ahead', 'clock-ahead']);
    const kept = [now - 24 * hour, now - 24 * hour + 1000, now - 2000, now - 1000];
    expect(await smokeOf(id, now - 25 * hour, now + 2 * hour)).toEqual(kept);
    await expectOneAlarmAndOrder(id);
    await sensor.end();
  }, 120_000);
});
