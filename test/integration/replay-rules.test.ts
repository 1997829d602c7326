import { join } from 'node:path';
import { readingRefusedEvent } from '@sc/contracts';
import { domainByName, domains } from '@sc/domains';
import { Detector, type DetectionInput } from '@sc/features/detection';
import { replayKinds, type ReplayDevice } from '@sc/simulators';
import { datasetsDir } from '../e2e/support/datasets.js';

/** Why the platform would not take it: the bounds of the domain, read here once more. */
function isRefused(domain: string, metric: string, values: Record<string, unknown>): boolean {
  const known = domainByName(domain)!.metrics[metric];
  const value = values[metric];
  if (!known || typeof value !== 'number') return false;
  const most = Math.min(known.max ?? Infinity, known.atMost === undefined ? Infinity : Number(values[known.atMost]));
  return value < (known.min ?? -Infinity) || value > most;
}

function inputsOf({ domain, slug, entries }: ReplayDevice): { inputs: DetectionInput[]; refused: number } {
  let refused = 0;
  const inputs = entries.flatMap((entry): DetectionInput[] => {
    const common = { deviceId: slug, domain, ts: entry.time, receivedAt: entry.time };
    if ('event' in entry)
      return [{ kind: 'event', ...common, type: entry.event.type, eventKey: entry.event.id, data: {} }];
    return Object.entries(entry.values).map(([metric, value]): DetectionInput => {
      if (!isRefused(domain, metric, entry.values)) return { kind: 'reading', ...common, metric, value };
      refused += 1;
      const data = { reason: 'value-out-of-range' };
      return { kind: 'event', ...common, type: readingRefusedEvent, eventKey: `${entry.time}`, data };
    });
  });
  return { inputs, refused };
}

/** How often each default rule begins and ends over all devices, and how many readings are refused. No device bears a label. */
function run(devices: readonly ReplayDevice[]) {
  const begins: Record<string, number> = {};
  const ends: Record<string, number> = {};
  let refused = 0;
  const detector = new Detector({
    onRuleFailure(rule, error) {
      throw new Error(`${rule.id} failed`, { cause: error });
    },
  });
  detector.setRules(domains.flatMap(({ rules }) => rules));
  for (const device of devices) {
    const taken = inputsOf(device);
    refused += taken.refused;
    for (const input of taken.inputs)
      for (const { kind, ruleId } of detector.evaluate([input])) {
        const counts = kind === 'raise' ? begins : kind === 'clear' ? ends : {};
        counts[ruleId] = (counts[ruleId] ?? 0) + 1;
      }
  }
  return { begins, ends, refused };
}

const cases = [
  ['parking', 'parking-birmingham', 'dataset.csv'],
  ['bins', 'bins-edinburgh', 'collections.csv'],
  ['room-occupancy', 'room-occupancy', ''],
  ['nab', 'nab', 'data/realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv'],
] as const;

describe.each(cases)('real data, %s', (kind, folder, file) => {
  const dir = datasetsDir(folder);
  if (!dir) {
    it.skip(`skipped: DATASETS_DIR/${folder} is not on this machine`, () => undefined);
    return;
  }
  const story = replayKinds.get(kind)!.read(join(dir, file));
  const seen = run(story.devices);

  it('begins each condition as often as the file says', () => {
    for (const [ruleId, times] of Object.entries(story.expected.raised))
      expect([ruleId, seen.begins[ruleId] ?? 0]).toEqual([ruleId, times]);
  });

  it('refuses what cannot be, and nothing else', () => {
    expect(seen.refused).toBe(story.expected.refused);
  });

  if (story.expected.closedBySensor !== undefined)
    it('is told by the sensor that each bin was emptied', () => {
      expect(seen.ends['sanitation-bin-full']).toBe(story.expected.closedBySensor);
      expect(Object.keys(seen.begins)).not.toContain('sanitation-bin-burning');
    });

  it('finds no sensor that stands still', () => {
    expect(Object.keys(seen.begins).filter((id) => id.endsWith('-stuck'))).toEqual([]);
  });

  if (kind === 'bins' || kind === 'parking')
    it('foretells as often as the source of the rule says, not more', () => {
      const [full, soon, least, most] =
        kind === 'bins'
          ? ['sanitation-bin-full', 'sanitation-bin-full-soon', 0.9, 1.2]
          : ['parking-lot-full', 'parking-lot-full-soon', 0.5, 1.6];
      const share = (seen.begins[soon] ?? 0) / (seen.begins[full] ?? 0);
      expect(share).toBeGreaterThan(least);
      expect(share).toBeLessThan(most);
    });

  if (kind === 'room-occupancy')
    it('has no fire, and no alarm at all, in an office in which nothing burned', () => {
      expect(seen.begins).toEqual({});
    });

  if (kind === 'parking')
    it('calls impossible readings one condition as long as they keep coming, and ends it when they stop', () => {
      const { 'parking-reading-impossible': begins = 0 } = seen.begins;
      expect(begins).toBeGreaterThan(0);
      expect(begins).toBeLessThan(seen.refused);
      // One that is impossible to the end of the file is not over.
      const stillSo = begins - (seen.ends['parking-reading-impossible'] ?? 0);
      expect(stillSo).toBeGreaterThanOrEqual(0);
      expect(stillSo).toBeLessThan(story.devices.length);
    });
});
