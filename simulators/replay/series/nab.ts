import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { type Entry, type Limits, type ReplayStory, unlimited } from './story.js';
import { baseName, numberIn, readRows, slugOf, wallClock } from './values.js';

const windowsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/**
 * A series of the Numenta Anomaly Benchmark as metric `value` of one device. No domain describes it, so it is stored and
 * shown, and no default rule is about it.
 */
export function nabStory(file: string, limits: Limits = unlimited): ReplayStory {
  const all = readRows(file, ['timestamp', 'value']).map((row, i): Entry => ({
    time: wallClock(row['timestamp']!, 'UTC'),
    values: { value: numberIn(row, 'value', i) },
  }));
  const entries = all.sort((a, b) => a.time - b.time).slice(0, limits.entries);
  const windows = labelledWindows(file);
  return {
    title: baseName(file),
    devices: [{ slug: slugOf(baseName(file)), name: `NAB ${baseName(file)}`, domain: 'sanitation', entries }],
    expected: {
      refused: 0,
      stored: new Set(entries.map(({ time }) => time)).size,
      raised: {},
      facts: [windows === undefined ? 'no labels beside it' : `${windows} labelled windows of anomaly`],
    },
  };
}

/** Labels lie in `labels/` beside the folder `data/` of the benchmark. */
function labelledWindows(file: string): number | undefined {
  const data = dirname(dirname(file));
  try {
    const text = readFileSync(join(dirname(data), 'labels', 'combined_windows.json'), 'utf8');
    return windowsSchema.parse(JSON.parse(text))[relative(data, file).replaceAll('\\', '/')]?.length;
  } catch {
    return undefined;
  }
}
