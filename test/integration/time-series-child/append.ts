// Appends batch after batch and says so after each: `append.ts <directory> <first batch> <direct|buffered>`.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  BufferedTimeSeries,
  DuckDbTimeSeries,
  TimeSeriesUnavailableError,
  type TimeSeries,
} from '@sc/platform/time-series';
import { batchOf } from './batches.js';

const [directory = '', first = '0', mode] = process.argv.slice(2);
const store = new DuckDbTimeSeries({ directory, checkpointAtBytes: 1_000_000 });
let calls = 0;
/** A store that is away for every second stretch of calls, so that batches go through the buffer. */
const flaky: TimeSeries = Object.assign(Object.create(store) as DuckDbTimeSeries, {
  append: async (readings: Parameters<TimeSeries['append']>[0]) => {
    calls += 1;
    if (Math.floor(calls / 10) % 2 === 1) throw new TimeSeriesUnavailableError('away on purpose');
    return store.append(readings);
  },
});
const series =
  mode === 'buffered'
    ? new BufferedTimeSeries(flaky, { directory: join(directory, 'buffer'), retryDelayMs: 1 })
    : store;

// Two callers at once, as the lanes of the broker are.
async function lane(offset: number): Promise<void> {
  for (let batch = Number(first) + offset; ; batch += 2) {
    await series.append(batchOf(batch));
    writeSync(1, `${batch}\n`);
  }
}
await Promise.all([lane(0), lane(1)]);
