import { systemClock } from '@sc/platform/clock';
import { firstAlarms } from '../../simulators/replay/index.js';
import { PlatformProcess } from '../support/platform-process.js';
import { datasetsDir, type PlatformClient, replayFire, runScenario, scenarios } from './support/index.js';

const fires = datasetsDir('fire-nist');
const withData = fires ? describe : describe.skip;

/** The same stories that a person plays with `npm run simulate`, and real fires. */
describe('stories', () => {
  let platform: PlatformProcess;
  let client: PlatformClient;

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    await platform.start();
    client = await platform.login('admin');
  }, 180_000);

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
