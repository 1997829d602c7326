import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { domainByName } from '@sc/domains';
import { initialState, step } from '@sc/features/detection';
import { firstPhotoelectric, mapStation, readFireCsv, shiftTime, testName, type Station } from '@sc/simulators';
import { datasetsDir } from '../e2e/support/datasets.js';

const folder = datasetsDir('fire-nist');
const files = folder ? readdirSync(folder).filter((name) => name.startsWith('NIST_')) : [];
const rules = domainByName('fire')!.rules;

/** Seconds since ignition of every alarm of one station, by rule, as the platform's default rules see what is replayed. */
function alarmsOf(station: Station): Map<string, number[]> {
  const { readings } = mapStation(station);
  const shift = shiftTime(readings[0]!.timeS, readings.at(-1)!.timeS, Date.UTC(2026, 0, 5), 60);
  const alarms = new Map<string, number[]>();
  for (const rule of rules) {
    let state = initialState(rule.condition);
    for (const { timeS, values } of readings)
      for (const [metric, value] of Object.entries(values)) {
        const ts = shift.tsOf(timeS);
        const next = step(rule, state, {
          kind: 'reading',
          deviceId: 'c/d',
          domain: 'fire',
          metric,
          value,
          ts,
          receivedAt: ts,
        });
        state = next.state;
        for (const { kind, at } of next.transitions)
          if (kind === 'raise') alarms.set(rule.id, [...(alarms.get(rule.id) ?? []), (at - shift.ignition) / 1000]);
      }
  }
  return alarms;
}

const hottest = (stations: Station[]): Station =>
  stations.reduce((a, b) =>
    Math.max(...a.readings.map((r) => r.temperature ?? 0)) >= Math.max(...b.readings.map((r) => r.temperature ?? 0))
      ? a
      : b,
  );

if (!folder)
  it.skip('real house fires: skipped, because DATASETS_DIR/fire-nist is not on this machine', () => undefined);
else
  describe.each(files)('%s', (file) => {
    const stations = readFireCsv(readFileSync(join(folder, file), 'utf8'));
    const photoelectric = firstPhotoelectric(
      readFileSync(join(folder, 'Activation_Times.csv'), 'utf8'),
      testName(file),
    );

    it('alarms in the room of origin no later than the first photoelectric alarm there', () => {
      const origin = hottest(stations);
      const theirs = photoelectric.get(origin.letter);
      expect(theirs).toBeDefined();
      expect(Math.min(...[...alarmsOf(origin).values()].flat())).toBeLessThanOrEqual(theirs!);
    });

    it('raises each condition once per room, however the smoke comes in puffs', () => {
      for (const station of stations)
        for (const [rule, times] of alarmsOf(station))
          expect([station.letter, rule, times.length]).toEqual([station.letter, rule, 1]);
    });
  });
