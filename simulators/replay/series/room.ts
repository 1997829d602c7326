import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CsvError } from '../fire-csv.js';
import { type Entry, type Limits, type ReplayDevice, type ReplayStory, unlimited } from './story.js';
import { baseName, numberIn, readRows, slugOf, wallClock } from './values.js';

/** Column of the file and name of the metric. Only the first is known to the domain; the others are stored as they are. */
const metrics = {
  Temperature: 'temperature',
  Humidity: 'humidity',
  Light: 'light',
  CO2: 'co2',
  Occupancy: 'occupancy',
} as const;

/** An office, minute by minute, in which nothing burned: a fire device for each file of the folder, since between them lie hours. */
export function roomStory(path: string, limits: Limits = unlimited): ReplayStory {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.startsWith('data') && name.endsWith('.txt'))
        .map((name) => join(path, name))
    : [path];
  if (!files.length) throw new CsvError(`${path}: there is no data*.txt`);
  const devices = files.slice(0, limits.devices).map((file): ReplayDevice => {
    const all = readRows(file, ['date', ...Object.keys(metrics)]).map((row, i): Entry => {
      const values = Object.entries(metrics).map(([column, metric]) => [metric, numberIn(row, column, i)]);
      return { time: wallClock(row['date']!, 'Europe/Brussels'), values: Object.fromEntries(values) };
    });
    const entries = all.sort((a, b) => a.time - b.time).slice(0, limits.entries);
    return { slug: slugOf(baseName(file)), name: `Office · ${baseName(file)}`, domain: 'fire', entries };
  });
  const times = devices.reduce((sum, { entries }) => sum + new Set(entries.map(({ time }) => time)).size, 0);
  return {
    title: `${devices.length} stretches of an office, ${devices.reduce((n, { entries }) => n + entries.length, 0)} min`,
    devices,
    expected: {
      refused: 0,
      stored: times * Object.keys(metrics).length,
      raised: { 'fire-heat': 0, 'fire-smoke': 0, 'fire-co-50': 0, 'fire-silent': 0 },
      facts: ['nothing burned'],
    },
  };
}
