import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferedTimeSeries } from './buffered-time-series.js';
import { DiskFullError, DiskSpace } from './disk-space.js';
import { InMemoryTimeSeries } from './in-memory-time-series.js';
import { TimeSeriesUnavailableError, type AppendResult, type Reading } from './time-series.js';
import { aReading } from './time-series.conformance.js';

/** Free bytes and refused appends, in reserves of 1,000. */
function aDisk(freeBytes: number) {
  const volume = { freeBytes, totalBytes: 1_000_000 };
  const disk = new DiskSpace({ directory: '/', reserveBytes: 1_000, measure: async () => volume });
  return { disk, free: (bytes: number) => ((volume.freeBytes = bytes), disk.look()) };
}

class StoreOnDisk extends InMemoryTimeSeries {
  constructor(private readonly disk: DiskSpace) {
    super();
  }

  override async append(readings: readonly Reading[]): Promise<AppendResult> {
    this.disk.assertRoom();
    return super.append(readings);
  }
}

describe('DiskSpace', () => {
  it('warns long before it is full, and goes back only when there is clearly more room', async () => {
    const { disk, free } = aDisk(1e6);
    const states: string[] = [];
    for (const bytes of [1e6, 3_000, 2_999, 3_100, 1_000, 999, 1_100, 1_249, 1_250, 3_500, 3_750]) {
      await free(bytes);
      states.push(disk.state);
    }
    expect(states).toEqual(['plenty', 'plenty', 'low', 'low', 'low', 'full', 'full', 'full', 'low', 'low', 'plenty']);
  });

  it.each([
    ['a quarter of a small volume', 2 ** 28, 2 ** 26],
    ['512 MiB', 2 ** 33, 2 ** 29],
    ['2 % of a large one', 1e12, 2e10],
  ])('keeps %s by default', async (_, totalBytes, reserve) => {
    const disk = new DiskSpace({ directory: '/', measure: async () => ({ freeBytes: totalBytes, totalBytes }) });
    await disk.look();
    expect([disk.reserveBytes, disk.state]).toEqual([reserve, 'plenty']);
  });

  it('asks a real volume, and calls one that cannot be asked not full', async () => {
    const disk = new DiskSpace({ directory: tmpdir() });
    await disk.look();
    expect(disk.freeBytes).toBeGreaterThan(0);
    const unknown = new DiskSpace({ directory: '/', measure: () => Promise.reject(new Error('gone')) });
    await unknown.look();
    expect(() => unknown.assertRoom()).not.toThrow();
  });

  it('lets neither store nor buffer take readings while it is full, and both again by themselves', async () => {
    const { disk, free } = aDisk(1e6);
    const directory = await mkdtemp(join(tmpdir(), 'disk-space-'));
    const store = new StoreOnDisk(disk);
    const series = new BufferedTimeSeries(store, { directory, disk, retryDelayMs: 10 });
    await series.append([aReading({ ts: 1 })]);
    await free(10);
    await expect(series.append([aReading({ ts: 2 })])).rejects.toThrow(DiskFullError);
    expect([series.state, series.bufferedReadings]).toEqual(['direct', 0]);
    await free(1e6);
    expect((await series.append([aReading({ ts: 2 })])).stored).toBe(1);

    store.unavailable = true;
    await series.append([aReading({ ts: 3 })]);
    expect(series.bufferedReadings).toBe(1);
    await free(10);
    await expect(series.append([aReading({ ts: 4 })])).rejects.toThrow(TimeSeriesUnavailableError);
    await free(1e6);
    store.unavailable = false;
    await series.drain();
    expect((await series.last(['garden/smoke-1']))[0]!.ts).toBe(3);
    await series.close();
    await rm(directory, { recursive: true });
  });
});
