// Appends and compacts at the same time, and says so after each batch: `compact.ts <directory> <first batch>`.
import { writeSync } from 'node:fs';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { batchOf } from './batches.js';

const [directory = '', first = '0'] = process.argv.slice(2);
const series = new DuckDbTimeSeries({ directory, checkpointAtBytes: 1_000_000, sliceReadings: 500 });
const keptForEver = { rawMs: 1e14, minuteMs: 1e14, hourMs: 1e14 };

async function append(): Promise<void> {
  for (let batch = Number(first); ; batch += 1) {
    await series.append(batchOf(batch));
    writeSync(1, `${batch}\n`);
  }
}

async function compact(): Promise<void> {
  for (;;) {
    const step = await series.compact({ now: Date.UTC(2200, 0, 1), retentionOf: () => keptForEver });
    if (step) writeSync(2, `compacted ${step.readings}\n`);
  }
}
await Promise.all([append(), compact()]);
