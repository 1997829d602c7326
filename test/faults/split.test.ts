import { setTimeout as wait } from 'node:timers/promises';
import { type Alarm, alarmSchema, workOrderSchema } from '@sc/contracts';
import type { MqttDevice, PlatformClient } from '../../simulators/client/index.js';
import { SplitPlatform } from '../support/split-platform.js';
import { waitUntil } from '../support/wait.js';

const missing = SplitPlatform.missing();
const title = 'the gateway of several processes is killed';
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
