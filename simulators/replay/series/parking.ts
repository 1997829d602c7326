import { domainByName } from '@sc/domains';
import { type Entry, type Limits, type ReplayDevice, type ReplayStory, unlimited } from './story.js';
import { fileIn, numberIn, readRows, slugOf, wallClock } from './values.js';

interface Row {
  lot: string;
  time: number;
  capacity: number;
  occupied: number;
}

/** Car parks of Birmingham: one device each. What is impossible, doubled or missing in the file is sent as it is. */
export function parkingStory(path: string, limits: Limits = unlimited): ReplayStory {
  const rows = readRows(fileIn(path, 'dataset.csv'), ['SystemCodeNumber', 'Capacity', 'Occupancy', 'LastUpdated']).map(
    (row, i): Row => ({
      lot: row['SystemCodeNumber']!,
      time: wallClock(row['LastUpdated']!, 'Europe/London'),
      capacity: numberIn(row, 'Capacity', i),
      occupied: numberIn(row, 'Occupancy', i),
    }),
  );
  const lots = [...Map.groupBy(rows, ({ lot }) => lot).values()]
    .slice(0, limits.devices)
    .map((own) => own.sort((a, b) => a.time - b.time).slice(0, limits.entries));
  const devices = lots.map((own): ReplayDevice => {
    const { lot } = own[0]!;
    const entries = own.map(({ time, capacity, occupied }): Entry => ({ time, values: { capacity, occupied } }));
    return { slug: slugOf(lot), name: `Birmingham ${lot}`, domain: 'parking', entries };
  });
  return { title: `${lots.length} car parks`, devices, expected: expectedOf(lots) };
}

const isPossible = ({ occupied, capacity }: Row): boolean => occupied >= 0 && occupied <= capacity;

function expectedOf(lots: readonly (readonly Row[])[]): ReplayStory['expected'] {
  const afterMs = silenceOf('parking-late');
  let [refused, doubled, gaps, longGaps, stored, full] = [0, 0, 0, 0, 0, 0];
  for (const rows of lots) {
    const times = [...new Set(rows.map(({ time }) => time))];
    doubled += rows.length - times.length;
    refused += rows.filter((row) => !isPossible(row)).length;
    // Two metrics: the capacity of an impossible reading is still stored.
    stored += times.length + new Set(rows.filter(isPossible).map(({ time }) => time)).size;
    gaps += holes(times, afterMs);
    longGaps += holes(times, silenceOf('parking-silent'));
    full += timesFull(rows.filter(isPossible));
  }
  const readings = lots.reduce((sum, rows) => sum + rows.length, 0);
  return {
    refused,
    stored,
    raised: { 'parking-late': gaps, 'parking-silent': longGaps, 'parking-lot-full': full },
    facts: [`${readings} rows, ${doubled} of them twice, ${refused} over capacity or below zero`],
  };
}

const holes = (times: readonly number[], longerThan: number): number =>
  times.filter((time, i) => i > 0 && time - times[i - 1]! > longerThan).length;

function silenceOf(ruleId: string): number {
  const condition = domainByName('parking')!.rules.find(({ id }) => id === ruleId)!.condition;
  return condition.kind === 'silence' ? condition.afterMs : NaN;
}

/** Counted with the levels of the rule, told here once more: full from 98 %, free again below 95 %. */
function timesFull(rows: readonly Row[]): number {
  let isFull = false;
  let times = 0;
  for (const { occupied, capacity } of rows) {
    const share = occupied / capacity;
    if (!isFull && share >= 0.98) times += 1;
    isFull = share >= (isFull ? 0.95 : 0.98);
  }
  return times;
}
