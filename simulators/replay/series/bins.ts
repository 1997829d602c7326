import { CsvError } from '../fire-csv.js';
import { type Entry, type Limits, type ReplayDevice, type ReplayStory, unlimited } from './story.js';
import { fileIn, numberIn, readRows, wallClock } from './values.js';

interface Collection {
  bin: string;
  site: string;
  time: number;
  before: number;
  after: number;
}

const minute = 60_000;
/** How often such a sensor reports. The file has only the levels at the collections: between them the bin fills evenly. */
const everyMs = 4 * 60 * minute;
const fullPercent = 85;
const clearPercent = 50;

/** Collections of litter bins in Edinburgh: each bin fills up to the level before a collection, is emptied, and starts anew. */
export function binsStory(path: string, limits: Limits = unlimited): ReplayStory {
  const columns = ['site_content_type', 'site_name', 'collected_at_local', 'fill_before_pct', 'fill_after_pct'];
  const collections = readRows(fileIn(path, 'collections.csv'), columns).map((row, i): Collection => ({
    bin: row['site_content_type']!,
    site: row['site_name']!,
    time: wallClock(row['collected_at_local']!, 'Europe/London'),
    before: numberIn(row, 'fill_before_pct', i),
    after: numberIn(row, 'fill_after_pct', i),
  }));
  if (!collections.length) throw new CsvError('there is no collection');
  const bins = [...Map.groupBy(collections, ({ bin }) => bin).values()].slice(0, limits.devices);
  const devices = bins.map((own): ReplayDevice => {
    own.sort((a, b) => a.time - b.time);
    const entries = lifeOf(own).slice(0, limits.entries);
    return { slug: `bin-${own[0]!.bin}`, name: own[0]!.site.slice(0, 100), domain: 'sanitation', entries };
  });
  const stored = devices.reduce((sum, { entries }) => sum + timesOf(entries).size, 0);
  const cycles = devices.map(({ entries }) => cyclesOf(entries));
  const [full, emptied] = [sumOf(cycles.map((one) => one.full)), sumOf(cycles.map((one) => one.emptied))];
  return {
    title: `${bins.length} bins`,
    devices,
    expected: {
      refused: 0,
      stored,
      raised: { 'sanitation-bin-full': full, 'sanitation-bin-burning': 0 },
      closedBySensor: emptied,
      facts: [`${full} times a bin reached ${fullPercent} % before it was emptied`],
    },
  };
}

function lifeOf(collections: readonly Collection[]): Entry[] {
  return collections.flatMap(({ bin, time, before, after }, i): Entry[] => {
    const previous = collections[i - 1];
    const level = (at: number, fillPercent: number): Entry => ({ time: at, values: { fillPercent } });
    const filling: Entry[] = [];
    if (previous) {
      const span = time - minute - previous.time;
      for (let at = previous.time + everyMs; at < time - 10 * minute; at += everyMs)
        filling.push(level(at, Math.round(previous.after + ((before - previous.after) * (at - previous.time)) / span)));
    }
    return [
      ...filling,
      level(time - minute, before),
      { time, event: { id: `emptied-${bin}-${time}`, type: 'bin.emptied' } },
      level(time + minute, after),
    ];
  });
}

const timesOf = (entries: readonly Entry[]): Set<number> =>
  new Set(entries.flatMap((entry) => ('values' in entry ? [entry.time] : [])));

/** How often the bin got full, and how often it was emptied after that. */
function cyclesOf(entries: readonly Entry[]): { full: number; emptied: number } {
  let isFull = false;
  const times = { full: 0, emptied: 0 };
  for (const entry of entries) {
    if (!('values' in entry)) continue;
    const level = Number(entry.values['fillPercent']);
    if (!isFull && level >= fullPercent) times.full += 1;
    if (isFull && level < clearPercent) times.emptied += 1;
    isFull = level >= (isFull ? clearPercent : fullPercent);
  }
  return times;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
