import { alarmSchema, readingsSchema, workOrderSchema } from '@sc/contracts';
import { MqttDevice } from '../../simulators/client/index.js';
import { PlatformProcess } from '../support/platform-process.js';
import { waitUntil } from '../support/wait.js';

const deviceId = 'sunshine/home-b2-502';

/** Publishes one reading a step until the platform dies, remembering what was acknowledged. */
async function publishUntilKilled(
  platform: PlatformProcess,
  acknowledged: number[],
  next: () => number,
  smoke: (step: number) => number,
): Promise<void> {
  const device = await MqttDevice.connect(await platform.deviceLogin(deviceId), {
    mqttUrl: platform.mqttUrl,
    limitMs: 5_000,
  });
  try {
    for (let step = 0; ; step += 1) {
      const ts = next();
      await device.telemetry({ ts, values: { smoke: smoke(step), temperature: 20 } });
      acknowledged.push(ts);
    }
  } catch {
    // the platform is gone: what was in flight was not acknowledged
  } finally {
    await device.cut().catch(() => undefined);
  }
}

describe('kill -9 in mid-stream', () => {
  let platform: PlatformProcess;
  let clock = 0;
  const acknowledged: number[] = [];
  const next = () => (clock += 250);

  const expectKept = async () => {
    const operator = await platform.login('operator1');
    const stored = await operator.get(readingsSchema, '/readings', {
      deviceId,
      metric: 'smoke',
      from: new Date(acknowledged[0]!).toISOString(),
      to: new Date(clock + 1000).toISOString(),
      limit: 10_000,
    });
    const times = stored.items.map(({ ts }) => Date.parse(ts));
    expect(new Set(times).size).toBe(times.length);
    const kept = new Set(times);
    expect(acknowledged.filter((ts) => !kept.has(ts))).toEqual([]);
    return operator;
  };
  const expectOnce = async (operator: Awaited<ReturnType<typeof expectKept>>) => {
    await waitUntil(async () => (await operator.all(workOrderSchema, '/work-orders')).length > 0);
    const alarms = await operator.all(alarmSchema, '/alarms', { state: 'all', deviceId });
    expect(alarms.filter(({ ruleId }) => ruleId === 'fire-smoke')).toHaveLength(1);
    const orders = await operator.all(workOrderSchema, '/work-orders', { state: 'all' });
    expect(orders).toHaveLength(1);
    expect(orders[0]!.assigneeId).not.toBeNull();
  };

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    clock = Date.now() - 10 * 60_000;
  }, 60_000);

  afterAll(async () => {
    await platform?.dispose();
  }, 60_000);

  it('between the two commits: the alarm is there, the reading comes again, nothing is doubled', async () => {
    // Quiet batches write nothing to PostgreSQL and do not pass the hook; the first batch with an alarm change does.
    await platform.start(['--no-simulators'], { FAULT_HOOK: 'between-commits:1' });
    await publishUntilKilled(platform, acknowledged, next, (step) => (step < 20 ? 0.1 : 25));
    await platform.ended();
    expect(platform.running).toBe(false);

    // the device sends the reading that was not acknowledged again, as MQTT demands
    await platform.start();
    const device = await platform.device(deviceId);
    for (const ts of [clock, clock]) {
      await device.telemetry({ ts, values: { smoke: 25, temperature: 20 } });
      acknowledged.push(ts);
    }
    await device.end();
    await expectOnce(await expectKept());
  }, 240_000);
});
