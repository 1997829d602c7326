import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { type AlarmTransition, Detector, type DetectionInput } from '@sc/features/detection';
import { firstPhotoelectric, mapStation, readFireCsv, shiftTime, testName, type Station } from '@sc/simulators';
import { datasetsDir } from '../e2e/support/datasets.js';

const folder = datasetsDir('fire-nist');
const files = folder ? readdirSync(folder).filter((name) => name.startsWith('NIST_')) : [];
const rules = domainByName('fire')!.rules;
const start = Date.UTC(2026, 0, 5);

interface Told {
  letter: string;
  ruleId: string;
  kind: AlarmTransition['kind'];
  /** Seconds since ignition. */
  atS: number;
}

/** What the platform's default rules tell of a house whose rooms are the stations; each reports every `everyS` seconds. */
function burn(stations: readonly Station[], list: readonly Rule[] = rules, everyS = 0): Told[] {
  const detector = new Detector({
    onRuleFailure(rule, error) {
      throw new Error(`${rule.id} failed`, { cause: error });
    },
  });
  const house = { id: 'house', kind: 'building' } as const;
  const roomOf = (letter: string) => ({ areas: [house, { id: `room-${letter}`, kind: 'room' } as const], labels: [] });
  detector.setPlaces(new Map(stations.map(({ letter }) => [letter, roomOf(letter)])));
  detector.setRules(list);
  const times = stations.flatMap(({ readings }) => readings.map(({ timeS }) => timeS));
  const shift = shiftTime(Math.min(...times), Math.max(...times), start, 60);
  const inputs = stations.flatMap((station) => {
    let nextS = -Infinity;
    return mapStation(station).readings.flatMap(({ timeS, values }): DetectionInput[] => {
      if (timeS < nextS) return [];
      nextS = timeS + everyS;
      const ts = shift.tsOf(timeS);
      const common = { deviceId: station.letter, domain: 'fire', ts, receivedAt: ts };
      return Object.entries(values).map(([metric, value]) => ({ kind: 'reading', ...common, metric, value }));
    });
  });
  inputs.sort((a, b) => a.ts - b.ts);
  return inputs
    .flatMap((input) => [...detector.evaluate([input]), ...detector.tick(input.ts)])
    .map(({ kind, deviceId, ruleId, at }) => ({ letter: deviceId, ruleId, kind, atS: (at - shift.ignition) / 1000 }));
}

const firstAt = (told: readonly Told[], letter: string): number =>
  Math.min(...told.filter((one) => one.letter === letter && one.kind === 'raise').map(({ atS }) => atS));

const hottest = (stations: readonly Station[]): Station =>
  stations.reduce((a, b) =>
    Math.max(...a.readings.map((r) => r.temperature ?? 0)) >= Math.max(...b.readings.map((r) => r.temperature ?? 0))
      ? a
      : b,
  );

/** The rules of one device as they were before signs were counted together. */
const oneByOne: Rule[] = rules.flatMap((rule) => {
  if (rule.condition.kind === 'group') return [];
  return rule.id === 'fire-heat' && rule.condition.kind === 'threshold'
    ? [{ ...rule, condition: { ...rule.condition, raiseAt: 57 } }]
    : [rule];
});

if (!folder)
  it.skip('real house fires: skipped, because DATASETS_DIR/fire-nist is not on this machine', () => undefined);
else {
  const houses = files.map((file) => ({
    name: testName(file),
    stations: readFireCsv(readFileSync(join(folder, file), 'utf8')),
    theirs: firstPhotoelectric(readFileSync(join(folder, 'Activation_Times.csv'), 'utf8'), testName(file)),
  }));

  describe.each(houses)('$name', ({ stations, theirs }) => {
    const told = burn(stations);

    it('alarms first in the room of origin, no later than the first photoelectric alarm there', () => {
      const { letter } = hottest(stations);
      expect(theirs.get(letter)).toBeDefined();
      expect(firstAt(told, letter)).toBeLessThanOrEqual(theirs.get(letter)!);
      for (const { atS } of told) expect(atS).toBeGreaterThanOrEqual(firstAt(told, letter));
    });

    it('raises each condition once per room, however the smoke comes in puffs, and one alarm of the room leads the others', () => {
      const raised = told.filter(({ kind }) => kind === 'raise').map(({ letter, ruleId }) => `${letter} ${ruleId}`);
      expect(raised).toEqual([...new Set(raised)]);
      const groups = new Map(rules.map(({ id, suppressionGroup }) => [id, suppressionGroup]));
      const leading = raised.filter((one) => groups.get(one.split(' ')[1]!) === undefined);
      expect(leading.map((one) => one.split(' ')[1])).toEqual(['fire-confirmed']);
    });

    it('is confirmed as soon as a second room trips', () => {
      const trips = stations
        .map(({ letter }) =>
          Math.min(...told.flatMap((one) => (one.letter === letter && one.ruleId === 'fire-smoke' ? [one.atS] : []))),
        )
        .sort((a, b) => a - b);
      expect(told.find(({ ruleId }) => ruleId === 'fire-confirmed')?.atS).toBe(trips[1]);
    });

    it('is nowhere later than by rules of one device alone', () => {
      const before = burn(stations, oneByOne);
      for (const { letter } of stations) expect(firstAt(told, letter)).toBeLessThanOrEqual(firstAt(before, letter));
    });

    it('is found by devices that report once a minute, too, within a minute', () => {
      const sparse = burn(stations, rules, 60);
      const { letter } = hottest(stations);
      expect(firstAt(sparse, letter)).toBeLessThanOrEqual(firstAt(told, letter) + 60);
    });
  });

  it('is no later than the first photoelectric alarm at nine stations of ten', () => {
    const stations = houses.flatMap(({ name, stations, theirs }) => {
      const told = burn(stations);
      return [...theirs].map(([letter, atS]) => ({ name, letter, late: firstAt(told, letter) > atS }));
    });
    expect(stations.length).toBeGreaterThanOrEqual(10);
    expect(stations.filter(({ late }) => !late).length / stations.length).toBeGreaterThanOrEqual(0.9);
  });
}
