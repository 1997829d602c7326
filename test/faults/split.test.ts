import { setTimeout as wait } from 'node:timers/promises';
import { type Alarm, alarmSchema, readingsSchema, workOrderSchema } from '@sc/contracts';
import type { MqttDevice, PlatformClient } from '../../simulators/client/index.js';
import { SplitPlatform } from '../support/split-platform.js';
import { waitUntil } from '../support/wait.js';

const missing = SplitPlatform.missing();
const title = 'one of several processes is killed';
const hangLimitMs = 60_000;

/** Each test in buildings of its own, so that it has incidents of its own. */
(missing ? describe.skip : describe)(missing ? `${title} (skipped: ${missing})` : title, () => {
  let platform: SplitPlatform;
  let operator: PlatformClient;
  const devices: MqttDevice[] = [];

  beforeAll(async () => {
    platform = await SplitPlatform.create();
    await platform.start();
    operator = await platform.login('operator1');
  }, 180_000);
  afterAll(async () => {
    for (const device of devices) await device.cut();
    await platform?.dispose();
  }, 60_000);

  const connect = async (id: string) => {
    const device = await platform.device(id);
    devices.push(device);
    return device;
  };
  const alarmsOf = async (deviceIds: readonly string[], ruleId = 'fire-smoke') =>
    (await operator.all(alarmSchema, '/alarms', { state: 'all', limit: 200 })).filter(
      (alarm) => alarm.ruleId === ruleId && deviceIds.includes(alarm.deviceId),
    );
  /** Every device has one alarm, every incident of theirs one order that somebody has. */
  const expectDispatched = async (deviceIds: readonly string[]) => {
    const dispatched = (alarms: Alarm[]) => alarms.filter(({ workOrderId }) => workOrderId !== null);
    await waitUntil(async () => {
      const alarms = dispatched(await alarmsOf(deviceIds));
      return new Set(alarms.map(({ deviceId }) => deviceId)).size === deviceIds.length;
    }, hangLimitMs);
    const alarms = await alarmsOf(deviceIds);
    expect(alarms.map(({ deviceId }) => deviceId).sort()).toEqual([...deviceIds].sort());
    const incidents = new Set(alarms.map(({ incidentId }) => incidentId));
    const orders = (await operator.all(workOrderSchema, '/work-orders', { state: 'all', limit: 200 })).filter(
      ({ incidentId }) => incidents.has(incidentId),
    );
    expect(orders).toHaveLength(incidents.size);
    expect(new Set(orders.map(({ incidentId }) => incidentId))).toEqual(incidents);
    for (const { assigneeId } of orders) expect(assigneeId).not.toBeNull();
    return orders;
  };
  const storedOf = async (deviceId: string, times: readonly number[]) => {
    const { items } = await operator.get(readingsSchema, '/readings', {
      deviceId,
      metric: 'smoke',
      from: new Date(times[0]!).toISOString(),
      to: new Date(times.at(-1)! + 1).toISOString(),
      limit: 10_000,
    });
    return items.map(({ ts }) => Date.parse(ts));
  };

  it('sensing, twice: what Mosquitto has acknowledged is stored once, with one alarm and one order', async () => {
    const id = 'sunshine/home-b2-502';
    const device = await connect(id);
    const begin = Date.now() - 600_000;
    const acknowledged: number[] = [];
    let enough = false;
    const publishing = (async () => {
      for (let step = 0; !enough; step += 1) {
        const ts = begin + step * 100;
        await device.telemetry({ ts, values: { smoke: step < 150 ? 0.1 : 25 } });
        acknowledged.push(ts);
        await wait(2);
      }
    })();
    for (let round = 0; round < 2; round += 1) {
      // the first time about when the fire begins
      const target = acknowledged.length + 100 + Math.floor(Math.random() * 100);
      await waitUntil(() => acknowledged.length > target);
      await platform.killProgram('sensing');
      await platform.startProgram('sensing');
    }
    enough = true;
    await publishing;
    await waitUntil(async () => (await storedOf(id, acknowledged)).length >= acknowledged.length, hangLimitMs);
    expect(await storedOf(id, acknowledged)).toEqual(acknowledged);
    expect(await expectDispatched([id])).toHaveLength(1);
    expect((await alarmsOf([id]))[0]!.occurrences).toBe(1);
  }, 300_000);

  it('a dispatch amid a storm of alarms: the other gives each incident its one order', async () => {
    const ids = (await platform.demo()).devices.map(({ id }) => id).filter((id) => /\/smoke-b[4-9]-/.test(id));
    const burning = await Promise.all(ids.map(connect));
    const burn = (some: MqttDevice[]) =>
      Promise.all(some.map((device) => device.telemetry({ ts: Date.now(), values: { smoke: 25 } })));
    await burn(burning.slice(0, 4));
    await waitUntil(async () => (await alarmsOf(ids)).some(({ incidentId }) => incidentId !== null), hangLimitMs);
    const rest = burn(burning.slice(4));
    await platform.killProgram('dispatch-1');
    await rest;
    const orders = await expectDispatched(ids);
    expect(orders.length).toBeGreaterThan(1);
    await platform.startProgram('dispatch-1');
  }, 300_000);

  it('the gateway: the live stream goes on after the last event seen, without a gap', async () => {
    const [before, meanwhile, after] = ['1f', '4f', '9f'].map((floor) => `sunshine/smoke-b1-${floor}`);
    const burn = async (id: string) => (await connect(id)).telemetry({ ts: Date.now(), values: { smoke: 25 } });
    const follower = new Follower(operator);
    const raisedOf = (id: string) => () => follower.events.some(({ data }) => data.includes(`"deviceId":"${id}"`));
    await waitUntil(() => follower.lastId !== undefined);
    const from = follower.lastId;
    await burn(before!);
    await waitUntil(raisedOf(before!));
    await platform.killProgram('gateway');
    await burn(meanwhile!);
    await platform.startProgram('gateway');
    await waitUntil(raisedOf(meanwhile!));
    await burn(after!);
    await expectDispatched([before!, meanwhile!, after!]);
    await waitUntil(raisedOf(after!));
    follower.stop();
    // everything since then once more, in one piece
    const control = new Follower(operator, from);
    await waitUntil(() => control.lastId === follower.lastId || control.events.length > follower.events.length);
    control.stop();
    const ids = follower.events.map(({ id }) => id);
    expect(control.events.map(({ id }) => id).slice(0, ids.length)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  }, 300_000);

  it('Redis, which forgets everything: orders still appear', async () => {
    const { redis } = platform.servers;
    const [first, second] = [await connect('sunshine/smoke-b3-1f'), await connect('sunshine/leak-b5-pumps')];
    await redis.kill();
    await first.telemetry({ ts: Date.now(), values: { smoke: 25 } });
    await waitUntil(async () => (await alarmsOf([first.login.id])).length > 0);
    await redis.restart();
    await second.telemetry({ ts: Date.now(), values: { leak: true } });
    await expectDispatched([first.login.id]);
    await waitUntil(async () => {
      const alarms = await alarmsOf([second.login.id], 'water-leak');
      return alarms.length === 1 && alarms[0]!.workOrderId !== null;
    }, hangLimitMs);
  }, 300_000);

  it('InfluxDB is away for a while: alarms and orders go on, the readings are stored after', async () => {
    const { influxdb } = platform.servers;
    const device = await connect('sunshine/smoke-b2-1f');
    const home = await connect('sunshine/leak-b8-pumps');
    const begin = Date.now() - 60_000;
    const times = Array.from({ length: 100 }, (_, step) => begin + step * 100);
    await influxdb.kill();
    for (const [step, ts] of times.entries()) await device.telemetry({ ts, values: { smoke: step < 50 ? 0.1 : 25 } });
    await home.telemetry({ ts: Date.now(), values: { leak: true } });
    await waitUntil(async () => {
      const alarms = [...(await alarmsOf([device.login.id])), ...(await alarmsOf([home.login.id], 'water-leak'))];
      return alarms.filter(({ workOrderId }) => workOrderId !== null).length === 2;
    }, hangLimitMs);
    await expect(storedOf(device.login.id, times)).rejects.toThrow();
    await influxdb.restart();
    await waitUntil(
      async () => (await storedOf(device.login.id, times).catch(() => [])).length >= times.length,
      hangLimitMs,
    );
    expect(await storedOf(device.login.id, times)).toEqual(times);
  }, 300_000);
});

/** Reads the live stream as a browser does: after each lost connection again, from what it has seen. */
class Follower {
  readonly events: { id: string; data: string }[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly client: PlatformClient,
    public lastId?: string,
  ) {
    void this.read();
  }

  stop(): void {
    this.stopping.abort();
  }

  private async read(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        for await (const { id, type, data } of this.client.stream(this.stopping.signal, this.lastId)) {
          this.lastId = id ?? this.lastId;
          if (type !== 'hello' && id !== undefined) this.events.push({ id, data });
        }
      } catch {
        // the gateway is away
      }
      await wait(50);
    }
  }
}
