import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AppendResult,
  BufferedTimeSeries,
  type DuckDbOptions,
  DuckDbTimeSeries,
  type Reading,
  TimeSeriesUnavailableError,
} from '@sc/platform/time-series';
import { maintained, timeSeriesLifeConformance } from '../../libs/platform/time-series/time-series-life.conformance.js';
import { aReading, timeSeriesConformance } from '../../libs/platform/time-series/time-series.conformance.js';

/** The disk may be busy with other suites; nothing here is about speed. */
/** Small, so that every test has many of them. */
const sliceReadings = 300;

/** Every reading goes to the history as soon as it is committed. */
class CompactedAtOnce extends DuckDbTimeSeries {
  override async append(readings: readonly Reading[]): Promise<AppendResult> {
    const result = await super.append(readings);
    await maintained(this);
    return result;
  }
}

const created =
  (Store: typeof DuckDbTimeSeries, options: Partial<DuckDbOptions> = {}) =>
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'time-series-'));
    let store = new Store({ directory, ...options });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = new Store({ directory, ...options });
        return store;
      },
      dispose: async () => {
        await store.close();
        await rm(directory, { recursive: true });
      },
    };
  };

timeSeriesConformance('DuckDbTimeSeries', created(DuckDbTimeSeries));
timeSeriesConformance(
  'DuckDbTimeSeries, compacted at once, scanned in small pages',
  created(CompactedAtOnce, { sliceReadings: 100_000, scanPage: 700 }),
);
timeSeriesLifeConformance('DuckDbTimeSeries', created(DuckDbTimeSeries, { sliceReadings }));

describe('a DuckDB store that cannot be opened', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'time-series-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is unavailable until the reason is gone, and then answers without a restart', async () => {
    const directory = join(root, 'store');
    await writeFile(directory, 'a file in the place of the folder');
    const store = new DuckDbTimeSeries({ directory });
    const series = new BufferedTimeSeries(store, { directory: join(root, 'buffer') });
    await expect(store.append([aReading()])).rejects.toThrow(TimeSeriesUnavailableError);
    await expect(store.last(['a'])).rejects.toThrow(TimeSeriesUnavailableError);
    await series.append([aReading({ ts: 1 })]);
    expect(series.bufferedReadings).toBe(1);
    await rm(directory);
    await series.drain();
    expect(series.bufferedReadings).toBe(0);
    expect(await series.last(['garden/smoke-1'])).toEqual([aReading({ ts: 1 })]);
    await series.close();
  });

  it('refuses a second opener of the same file', async () => {
    const first = new DuckDbTimeSeries({ directory: root });
    const second = new DuckDbTimeSeries({ directory: root });
    await first.append([aReading()]);
    await expect(second.append([aReading()])).rejects.toThrow(TimeSeriesUnavailableError);
    await first.close();
    expect(await second.append([aReading()])).toEqual({ stored: 0, duplicates: 1, conflicts: 0 });
    await second.close();
  });

  it('stops a query that takes too long, and goes on', async () => {
    const store = new DuckDbTimeSeries({ directory: root, queryTimeoutMs: 1 });
    for (let day = 0; day < 5; day += 1) {
      await store.append(
        Array.from({ length: 20_000 }, (_, index) => aReading({ ts: day * 86_400_000 + index, value: index })),
      );
    }
    const query = { deviceIds: ['garden/smoke-1'], metric: 'smoke', from: 0, to: 1e12 };
    // Now and then it is faster than our own timer.
    const ask = () => store.read({ ...query, limit: 100_000 }).catch((error: unknown) => error);
    await expect.poll(ask, { timeout: 60_000 }).toBeInstanceOf(TimeSeriesUnavailableError);
    expect(await store.append([aReading({ ts: 5 })])).toEqual({ stored: 0, duplicates: 0, conflicts: 1 });
    await store.close();
  });
});
