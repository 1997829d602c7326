import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferedTimeSeries, type BufferedOptions } from './buffered-time-series.js';
import { InMemoryTimeSeries } from './in-memory-time-series.js';
import { TimeSeriesUnavailableError, type Reading, type TimeSeries } from './time-series.js';
import { aReading, timeSeriesConformance } from './time-series.conformance.js';

const temporary = () => mkdtemp(join(tmpdir(), 'time-series-buffer-'));
/** A pause no test lives to see: what drains here was told to. */
const NEVER_MS = 3_600_000;

timeSeriesConformance('BufferedTimeSeries', async () => {
  const directory = await temporary();
  const store = new BufferedTimeSeries(new InMemoryTimeSeries(), { directory });
  return { store, dispose: () => store.close().then(() => rm(directory, { recursive: true })) };
});

describe('a time-series store that goes away', () => {
  let directory: string;
  let store: InMemoryTimeSeries;
  const opened: BufferedTimeSeries[] = [];

  /** Opening again without closing is what a killed process leaves behind. */
  function buffered(options: Partial<BufferedOptions> = {}, behind: TimeSeries = store): BufferedTimeSeries {
    const series = new BufferedTimeSeries(behind, { directory, retryDelayMs: NEVER_MS, ...options });
    opened.push(series);
    return series;
  }

  beforeEach(async () => {
    directory = await temporary();
    store = new InMemoryTimeSeries();
  });
  afterEach(async () => {
    for (const series of opened.splice(0)) await series.close();
    await rm(directory, { recursive: true });
  });

  async function stored(): Promise<Reading[]> {
    store.unavailable = false;
    const readings: Reading[] = [];
    for await (const chunk of store.scan(0, Number.MAX_SAFE_INTEGER)) readings.push(...chunk);
    return readings;
  }

  const batch = (from: number, count = 3) =>
    Array.from({ length: count }, (_, index) => aReading({ ts: from + index, value: from }));

  it('keeps appending to disk and hands everything over when it is back', async () => {
    const series = buffered();
    await series.append(batch(0));
    store.unavailable = true;
    await series.append(batch(10));
    await series.append(batch(20));
    expect([series.state, series.bufferedReadings]).toEqual(['buffering', 6]);
    await series.drain();
    expect([series.state, series.bufferedReadings]).toEqual(['buffering', 6]);
    store.unavailable = false;
    await series.drain();
    expect([series.state, series.bufferedReadings, series.bufferedBytes]).toEqual(['direct', 0, 0]);
    expect(await stored()).toEqual([...batch(0), ...batch(10), ...batch(20)]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('drains by itself, after a pause and after a start', async () => {
    store.unavailable = true;
    const series = buffered({ retryDelayMs: 1 });
    await series.append(batch(0));
    store.unavailable = false;
    while (series.bufferedReadings > 0) await new Promise(setImmediate);
    store.unavailable = true;
    await buffered().append(batch(10));
    const restarted = buffered();
    await restarted.open();
    expect(restarted.bufferedReadings).toBe(3);
    store.unavailable = false;
    while (restarted.bufferedReadings > 0) await new Promise(setImmediate);
    expect(await stored()).toEqual([...batch(0), ...batch(10)]);
  });

  it('ignores a record that a crash cut short, at whatever byte, and keeps all before it', async () => {
    store.unavailable = true;
    await buffered().append(batch(0));
    const [name] = await readdir(directory);
    const whole = (await readFile(join(directory, name!))).length;
    await rm(join(directory, name!));
    for (let cut = whole; cut <= 2 * whole; cut += 7) {
      store = new InMemoryTimeSeries();
      store.unavailable = true;
      const series = buffered();
      await series.append(batch(0));
      await series.append(batch(3));
      const [segment] = await readdir(directory);
      await truncate(join(directory, segment!), Math.min(cut, 2 * whole - 1));
      if (cut % 2) await appendFile(join(directory, segment!), Buffer.alloc(50));
      const restarted = buffered();
      await restarted.append(batch(6));
      store.unavailable = false;
      await restarted.drain();
      expect(await stored()).toEqual([...batch(0), ...batch(6)]);
      expect((await readdir(directory)).filter((file) => file.endsWith('.damaged'))).toEqual([]);
    }
  });

  it('puts a segment aside that is damaged in its middle, and goes on with the others', async () => {
    store.unavailable = true;
    const series = buffered({ segmentBytes: 200 });
    for (let index = 0; index < 6; index += 1) await series.append(batch(index * 10));
    const [first] = await readdir(directory);
    const bytes = await readFile(join(directory, first!));
    bytes[20]! ^= 1;
    await writeFile(join(directory, first!), bytes);
    store.unavailable = false;
    await series.drain();
    expect(await readdir(directory)).toEqual([`${first}.damaged`]);
    expect((await stored()).length).toBeGreaterThanOrEqual(9);
    expect(series.state).toBe('direct');
  });

  it('rejects when it is full, so that the sender waits, and takes readings again when drained', async () => {
    store.unavailable = true;
    const series = buffered({ maxBytes: 400 });
    const accepted: Reading[] = [];
    const fill = async () => {
      for (let ts = 0; ts < 1_000; ts += 10) {
        await series.append(batch(ts));
        accepted.push(...batch(ts));
      }
    };
    await expect(fill()).rejects.toThrow(TimeSeriesUnavailableError);
    expect(series.bufferedBytes).toBeLessThanOrEqual(400);
    expect(await stored()).toEqual([]);
    await series.drain();
    expect(await stored()).toEqual(accepted);
    await series.append(batch(5_000));
    expect(await stored()).toHaveLength(accepted.length + 3);
  });

  it('loses and doubles nothing when the store fails again and again, appends race with draining, and the process is killed', async () => {
    let call = 0;
    const flaky: TimeSeries = Object.assign(Object.create(store) as InMemoryTimeSeries, {
      append: async (readings: readonly Reading[]) => {
        call += 1;
        await new Promise(setImmediate);
        if (call % 3 === 0) throw new TimeSeriesUnavailableError('away before it stored');
        const result = await store.append(readings);
        if (call % 5 === 0) throw new TimeSeriesUnavailableError('away after it stored');
        return result;
      },
    });
    const expected: Reading[] = [];
    for (let life = 0; life < 4; life += 1) {
      const series = buffered({ segmentBytes: 500 }, flaky);
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const readings = batch(life * 10_000 + index * 10);
          await series.append(readings);
          expected.push(...readings);
          if (index % 4 === 0) await series.drain();
        }),
      );
    }
    const last = buffered({}, flaky);
    await last.open();
    for (let attempt = 0; attempt < 500 && (attempt === 0 || last.bufferedReadings > 0); attempt += 1)
      await last.drain();
    expect(await stored()).toEqual(expected.toSorted((a, b) => a.ts - b.ts));
    expect(last.bufferedReadings).toBe(0);
  });

  it('does not hide mistakes of the caller in the buffer', async () => {
    store.unavailable = true;
    const series = buffered();
    await expect(series.append([aReading({ value: Number.NaN })])).rejects.toThrow(RangeError);
    expect(series.bufferedReadings).toBe(0);
  });
});
