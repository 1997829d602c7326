import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `2014-04-01 00:00:00`: the benchmark knows no time zone, so any will do. */
const msOf = (text) => Date.parse(`${text.trim().replace(' ', 'T').slice(0, 19)}Z`);

/** @returns the labelled series below `folder` as name, family, timestamps (ms), values and windows (ms); `undefined`: not there */
export function readLabelledSeries(folder) {
  const labels = join(folder, 'labels', 'combined_windows.json');
  if (!existsSync(labels)) return undefined;
  return Object.entries(JSON.parse(readFileSync(labels, 'utf8')))
    .filter(([name]) => existsSync(join(folder, 'data', name)))
    .map(([name, windows]) => ({
      name,
      family: name.split('/')[0],
      ...readSeries(join(folder, 'data', name)),
      windows: windows.map((window) => window.map(msOf)),
    }));
}

function readSeries(file) {
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(','));
  return { timestamps: cells.map(([at]) => msOf(at)), values: cells.map(([, value]) => Number(value)) };
}
