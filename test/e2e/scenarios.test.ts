import { join } from 'node:path';
import { deviceSchema } from '@sc/contracts';
import { systemClock } from '@sc/platform/clock';
import { z } from 'zod';
import { firstAlarms } from '../../simulators/replay/index.js';
import type { Platform } from '../support/platform.js';
import { PlatformProcess } from '../support/platform-process.js';
import { describeDeployments } from './support/deployments.js';
import {
  datasetsDir,
  type PlatformClient,
  replayFire,
  replayKinds,
  replaySeries,
  runLoad,
  runScenario,
  scenarios,
} from './support/index.js';

const fires = datasetsDir('fire-nist');
const withData = fires ? describe : describe.skip;

/** The same stories that a person plays with `npm run simulate`, and real fires. */
describeDeployments(
  (create) => {
    describe('stories', () => {
      let platform: Platform;
      let client: PlatformClient;

      beforeAll(async () => {
        platform = await create();
        await platform.start();
        client = await platform.login('admin');
      }, 900_000);

      afterAll(async () => {
        await platform?.dispose();
      }, 60_000);

      it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
        '%s ends as it says',
        async (_, scenario) => {
          const { community } = await platform.demo();
          const result = await runScenario(scenario, {
            client,
            mqttUrl: platform.mqttUrl,
            clock: systemClock,
            community,
            gridId: `${community}-grid-1`,
          });
          expect(result.differences).toEqual([]);
        },
      );
    });
  },
  { long: true },
);

/** What would only take longer elsewhere: it is about the files and the load, not about how the platform is run. */
describe('real data and load', () => {
  let platform: Platform;
  let client: PlatformClient;

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    await platform.start();
    client = await platform.login('admin');
  }, 180_000);

  afterAll(async () => {
    await platform?.dispose();
  }, 60_000);

  it('load leaves nothing behind: every message is acknowledged, every device retired', async () => {
    const { community } = await platform.demo();
    const result = await runLoad({
      client,
      mqttUrl: platform.mqttUrl,
      clock: systemClock,
      community,
      gridId: `${community}-grid-1`,
      devices: 30,
      rate: 100,
      seconds: 2,
      print: () => undefined,
    });
    expect(result).toMatchObject({ connected: 30, refused: 0, failed: 0, heldBack: 0, leftRegistered: 0 });
    expect(result.sent).toBeGreaterThan(0);
    expect(result.acknowledged).toBe(result.sent);
    const { items } = await client.get(z.object({ items: z.array(deviceSchema) }), '/devices', { q: 'Load 29' });
    expect(items.map(({ state }) => state)).toEqual(['retired']);
  });

  // Small slices: the files as a whole are replayed by hand, see docs/simulators.md.
  const slices = [
    ['parking', 'parking-birmingham', 'dataset.csv', { devices: 3, entries: 1300 }, Infinity],
    ['bins', 'bins-edinburgh', 'collections.csv', { devices: 2, entries: 30 }, 40_000],
    ['room-occupancy', 'room-occupancy', '', { devices: 3, entries: 3000 }, Infinity],
    ['nab', 'nab', 'data/realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv', { devices: 1, entries: 500 }, Infinity],
  ] as const;
  for (const [kind, folder, file, limits, speed] of slices) {
    const dir = datasetsDir(folder);
    if (!dir) {
      it.skip(`real data, ${kind}: skipped: DATASETS_DIR/${folder} is not on this machine`, () => undefined);
      continue;
    }
    it(`real data, ${kind}: the platform makes of it what its file says`, async () => {
      const story = replayKinds.get(kind)!.read(join(dir, file), limits);
      const { differences, sent } = await replaySeries(story, {
        kind,
        speed,
        client,
        mqttUrl: platform.mqttUrl,
        clock: systemClock,
        print: () => undefined,
      });
      expect(differences).toEqual([]);
      expect(sent.acknowledged).toBeGreaterThan(0);
    });
  }

  withData(fires ? 'a real house fire' : 'a real house fire (skipped: DATASETS_DIR is not set)', () => {
    it('is one incident with one order; the room of origin alarms first, before its own photoelectric alarm', async () => {
      const lines: string[] = [];
      const result = await replayFire({
        file: `${fires}/NIST_Smoke_Alarms_SDC07.csv`,
        // as fast as it is acknowledged; what counts is the readings' own time
        speed: 1000,
        client,
        mqttUrl: platform.mqttUrl,
        clock: systemClock,
        print: (line) => lines.push(line),
      });
      expect(result.incidents).toHaveLength(1);
      expect(result.incidents[0]!.workOrders).toHaveLength(1);
      const alarms = firstAlarms(result);
      const origin = alarms.get(result.origin ?? '');
      expect(origin).toBe(Math.min(...alarms.values()));
      expect(origin).toBeLessThanOrEqual(result.photoelectric.get(result.origin ?? '') ?? 0);
    });
  });
});
