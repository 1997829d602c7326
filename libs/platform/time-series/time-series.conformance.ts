import {
  TimeSeriesUnavailableError,
  type Aggregate,
  type Reading,
  type TimeSeries,
  type ScanFilter,
} from './time-series.js';
import { MAX_QUERY_DEVICES } from './validation.js';

export interface TimeSeriesUnderTest {
  store: TimeSeries;
  /** Closes the store and opens it again on the same data; absent where nothing outlives the store. */
  reopen?: () => Promise<TimeSeries>;
  dispose: () => Promise<void>;
}

const T = Date.UTC(2026, 0, 1);
const ALWAYS = { from: 0, to: T * 2, limit: 100_000 };

/** A reading with overrides. */
export function aReading(overrides: Partial<Reading> = {}): Reading {
  return { deviceId: 'garden/smoke-1', metric: 'smoke', ts: T, value: 1, ...overrides };
}

async function all(store: TimeSeries, from = 0, to = T * 2, filter?: ScanFilter): Promise<Reading[]> {
  const readings: Reading[] = [];
  for await (const chunk of store.scan(from, to, filter)) {
    expect(chunk.length).toBeGreaterThan(0);
    expect(chunk.length).toBeLessThanOrEqual(10_000);
    readings.push(...chunk);
  }
  return readings;
}

/** What every implementation of the port promises; an adapter's test calls this with a way to make an empty store. */
export function timeSeriesConformance(name: string, create: () => Promise<TimeSeriesUnderTest>): void {
  describe(`${name} as TimeSeries`, () => {
    let subject: TimeSeriesUnderTest;
    let store: TimeSeries;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });
    afterEach(() => subject.dispose());

    /** Runs the check now and, where the store outlives its process, again after reopening. */
    async function nowAndReopened(check: () => Promise<void>): Promise<void> {
      await check();
      if (!subject.reopen) return;
      store = await subject.reopen();
      await check();
    }

    describe('identity', () => {
      it('stores a repeated reading once: in one batch, across batches, across a reopening', async () => {
        const reading = aReading();
        expect(await store.append([reading, { ...reading }])).toEqual({ stored: 1, duplicates: 1, conflicts: 0 });
        await nowAndReopened(async () => {
          expect(await store.append([{ ...reading }])).toEqual({ stored: 0, duplicates: 1, conflicts: 0 });
          expect(await all(store)).toEqual([reading]);
        });
      });

      it('tells device, metric and time apart', async () => {
        const readings = [
          aReading(),
          aReading({ deviceId: 'garden/smoke-2' }),
          aReading({ metric: 'co' }),
          aReading({ ts: T + 1 }),
          aReading({ deviceId: 'garden', metric: 'smoke-1/smoke' }),
        ];
        expect(await store.append(readings)).toEqual({ stored: 5, duplicates: 0, conflicts: 0 });
        await nowAndReopened(async () => {
          expect(await store.append(readings)).toEqual({ stored: 0, duplicates: 5, conflicts: 0 });
          expect(await all(store)).toHaveLength(5);
        });
      });

      it('counts another value at the same place as a conflict and keeps exactly one', async () => {
        await store.append([aReading({ value: 1 })]);
        const others = [aReading({ value: 2 }), aReading({ value: true }), aReading({ value: '1' })];
        expect(await store.append(others)).toEqual({ stored: 0, duplicates: 0, conflicts: 3 });
        const inOneBatch = [aReading({ ts: T + 1, value: 1 }), aReading({ ts: T + 1, value: 2 })];
        expect(await store.append(inOneBatch)).toEqual({ stored: 1, duplicates: 0, conflicts: 1 });
        expect(await all(store)).toHaveLength(2);
      });

      it('holds for readings of any age and order', async () => {
        const history = Array.from({ length: 3_000 }, (_, index) =>
          aReading({ ts: T - index * 60_000, value: index % 7 }),
        );
        const shuffled = history.toSorted((a, b) => ((a.ts * 7_919) % 10_007) - ((b.ts * 7_919) % 10_007));
        expect(await store.append(shuffled.slice(0, 1_500))).toEqual({ stored: 1_500, duplicates: 0, conflicts: 0 });
        const second = await store.append(shuffled.slice(1_000));
        expect(second).toEqual({ stored: 1_500, duplicates: 500, conflicts: 0 });
        await nowAndReopened(async () => {
          expect(await store.append(shuffled)).toEqual({ stored: 0, duplicates: 3_000, conflicts: 0 });
          const read = await store.read({ ...ALWAYS, deviceIds: ['garden/smoke-1'], metric: 'smoke' });
          expect(read.map(({ ts }) => ts)).toEqual(history.map(({ ts }) => ts).reverse());
        });
      });

      it('finds repetitions of what is new and old inside one batch', async () => {
        const series = Array.from({ length: 500 }, (_, index) => aReading({ ts: T + index, value: index }));
        expect(await store.append([...series, ...series])).toEqual({ stored: 500, duplicates: 500, conflicts: 0 });
        const old = [aReading({ ts: 5 }), aReading({ ts: 5 }), aReading({ ts: 5, value: 2 })];
        expect(await store.append(old)).toEqual({ stored: 1, duplicates: 1, conflicts: 1 });
        expect(await all(store)).toHaveLength(501);
      });

      it('holds when callers append at the same time', async () => {
        const batches = Array.from({ length: 20 }, (_, caller) =>
          Array.from({ length: 100 }, (_, index) => aReading({ ts: T + index + (caller % 2) * 50, value: 1 })),
        );
        const results = await Promise.all(batches.map((batch) => store.append(batch)));
        expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(150);
        expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(1_850);
        expect(await all(store)).toHaveLength(150);
      });
    });

    describe('values', () => {
      it('come back with their type and exactly', async () => {
        const values = [
          0,
          -1.5,
          0.1 + 0.2,
          1e300,
          Number.MIN_VALUE,
          2 ** 53,
          true,
          false,
          '',
          'open',
          '1',
          'true',
          '0',
        ];
        const readings = values.map((value, index) => aReading({ ts: T + index, value }));
        await store.append(readings);
        await nowAndReopened(async () => {
          expect(await all(store)).toEqual(readings);
          expect((await store.append(readings)).duplicates).toBe(values.length);
          expect((await store.last(['garden/smoke-1']))[0]).toEqual(readings.at(-1));
        });
      });

      it.each([
        ['sql', "'; drop table readings; --"],
        ['quotes', '"quoted" `back` \\ slash'],
        ['unicode', '烟雾探测器 🔥 é e\u0301'],
        ['white space', 'line\nbreak\ttab\r'],
        ['line protocol', 'a=b,c d'],
        ['patterns', '%_*?[]{}$1${x}'],
        ['nul', 'nul\u0000inside'],
        ['direction', '\u202eright to left\ufeff'],
        ['10,000 characters', 'x'.repeat(10_000)],
        ['an inherited name', 'constructor'],
        ['the prototype', '__proto__'],
        ['a lone surrogate', 'lone \ud800 surrogate'],
      ])('survive as device, metric and value: %s', async (_, hostile) => {
        const reading = aReading({ deviceId: hostile, metric: hostile, value: hostile });
        await store.append([reading, aReading()]);
        const kept = {
          deviceId: hostile.toWellFormed(),
          metric: hostile.toWellFormed(),
          ts: T,
          value: hostile.toWellFormed(),
        };
        await nowAndReopened(async () => {
          expect(await store.append([reading])).toEqual({ stored: 0, duplicates: 1, conflicts: 0 });
          expect(await store.last([hostile])).toEqual([kept]);
          expect(await all(store, 0, T * 2, { deviceIds: [hostile], metrics: [hostile] })).toEqual([kept]);
          const points = await store.read({ ...ALWAYS, deviceIds: [hostile], metric: hostile });
          expect(points).toEqual([{ deviceId: kept.deviceId, ts: T, value: kept.value }]);
        });
      });

      it.each([
        ['NaN', { value: Number.NaN }],
        ['an infinite number', { value: Number.POSITIVE_INFINITY }],
        ['a time between two milliseconds', { ts: 0.5 }],
        ['no time', { ts: Number.NaN }],
      ])('refuse %s, and the batch with it', async (_, wrong) => {
        await expect(store.append([aReading(), aReading(wrong)])).rejects.toThrow(RangeError);
        expect(await all(store)).toEqual([]);
      });
    });

    describe('read', () => {
      it('takes from inclusive, to exclusive, in order of device and time, at most the limit of each device', async () => {
        const devices = ['b', 'a', 'B', 'é', '楼'];
        const times = [30, 10, 50, 20, 40];
        await store.append(devices.flatMap((deviceId) => times.map((ts) => aReading({ deviceId, ts, value: ts }))));
        const query = { deviceIds: [...devices, 'a', 'unknown'], metric: 'smoke', from: 20, to: 50, limit: 2 };
        expect(await store.read(query)).toEqual(
          ['B', 'a', 'b', 'é', '楼'].flatMap((deviceId) => [20, 30].map((ts) => ({ deviceId, ts, value: ts }))),
        );
      });

      it('answers a query for nothing with nothing', async () => {
        await store.append([aReading()]);
        expect(await store.read({ ...ALWAYS, deviceIds: [], metric: 'smoke' })).toEqual([]);
        expect(await store.read({ ...ALWAYS, deviceIds: ['unknown'], metric: 'smoke' })).toEqual([]);
        expect(await store.read({ ...ALWAYS, deviceIds: ['garden/smoke-1'], metric: 'unknown' })).toEqual([]);
        expect(
          await store.read({ deviceIds: ['garden/smoke-1'], metric: 'smoke', from: T + 1, to: T, limit: 1 }),
        ).toEqual([]);
        expect(await store.append([])).toEqual({ stored: 0, duplicates: 0, conflicts: 0 });
        expect(await store.last([])).toEqual([]);
        expect(await all(store, 0, T * 2, { deviceIds: [] })).toEqual([]);
        expect(await all(store, 0, T * 2, { metrics: [] })).toEqual([]);
      });

      it('refuses more devices than the bound, and a limit or window that is not a positive whole number', async () => {
        const deviceIds = Array.from({ length: MAX_QUERY_DEVICES + 1 }, (_, index) => `d${index}`);
        await expect(store.read({ ...ALWAYS, deviceIds, metric: 'smoke' })).rejects.toThrow(RangeError);
        await expect(store.read({ ...ALWAYS, deviceIds: ['a'], metric: 'smoke', limit: 0 })).rejects.toThrow(
          RangeError,
        );
        for (const windowMs of [0, -1, 0.5, Number.NaN]) {
          const query = { deviceIds: ['a'], metric: 'smoke', from: 0, to: 1, windowMs, aggregate: 'avg' } as const;
          await expect(store.aggregate(query)).rejects.toThrow(RangeError);
        }
      });
    });

    describe('aggregate', () => {
      const aggregate = (aggregate: Aggregate, overrides = {}) =>
        store.aggregate({ deviceIds: ['d'], metric: 'm', from: 0, to: 1_000, windowMs: 100, aggregate, ...overrides });
      const put = (...points: [ts: number, value: Reading['value']][]) =>
        store.append(points.map(([ts, value]) => aReading({ deviceId: 'd', metric: 'm', ts, value })));

      it.each([
        ['avg', 2],
        ['min', 1],
        ['max', 4],
        ['sum', 6],
        ['count', 3],
        ['first', 4],
        ['last', 1],
      ] as const)('%s of a window', async (kind, value) => {
        await put([199, 1], [100, 4], [150, 1]);
        expect(await aggregate(kind)).toEqual([{ deviceId: 'd', ts: 100, value }]);
      });

      it('aligns windows to the epoch whatever the range, leaves empty ones out, and excludes the end', async () => {
        await put([0, 1], [99, 1], [100, 1], [299, 1], [300, 1], [999, 1], [1_000, 1]);
        expect(await aggregate('count')).toEqual(
          [
            [0, 2],
            [100, 1],
            [200, 1],
            [300, 1],
            [900, 1],
          ].map(([ts, value]) => ({ deviceId: 'd', ts, value })),
        );
        expect(await aggregate('count', { from: 50, to: 300 })).toEqual(
          [
            [0, 1],
            [100, 1],
            [200, 1],
          ].map(([ts, value]) => ({ deviceId: 'd', ts, value })),
        );
        expect(await aggregate('sum', { from: 0, to: 1_001, windowMs: 7_777_777 })).toEqual([
          { deviceId: 'd', ts: 0, value: 7 },
        ]);
      });

      it('aligns windows before the epoch in the same way', async () => {
        await put([-1, 1], [-100, 2], [-101, 4], [0, 8]);
        expect(await aggregate('sum', { from: -1_000 })).toEqual(
          [
            [-200, 4],
            [-100, 3],
            [0, 8],
          ].map(([ts, value]) => ({ deviceId: 'd', ts, value })),
        );
      });

      it('takes booleans as 0 and 1 and leaves strings out of avg, min, max and sum', async () => {
        await put([1, true], [2, false], [3, true], [4, 'open'], [101, 'shut']);
        const values = async (kind: Aggregate) => (await aggregate(kind)).map(({ value }) => value);
        expect(await values('sum')).toEqual([2]);
        expect(await values('min')).toEqual([0]);
        expect(await values('max')).toEqual([1]);
        expect((await values('avg'))[0]).toBeCloseTo(2 / 3, 12);
        expect(await values('count')).toEqual([4, 1]);
        expect(await values('first')).toEqual([true, 'shut']);
        expect(await values('last')).toEqual(['open', 'shut']);
      });

      it('keeps devices apart, in order', async () => {
        await store.append(
          ['b', 'a'].flatMap((deviceId) => [5, 105].map((ts) => aReading({ deviceId, metric: 'm', ts, value: ts }))),
        );
        expect(await aggregate('max', { deviceIds: ['b', 'a', 'none'] })).toEqual([
          { deviceId: 'a', ts: 0, value: 5 },
          { deviceId: 'a', ts: 100, value: 105 },
          { deviceId: 'b', ts: 0, value: 5 },
          { deviceId: 'b', ts: 100, value: 105 },
        ]);
      });
    });

    describe('last', () => {
      const byMetric = (a: Reading, b: Reading) => (a.metric < b.metric ? -1 : 1);

      it('is the latest by time of each metric, not the latest that arrived', async () => {
        await store.append([
          aReading({ ts: T, value: 'new' }),
          aReading({ metric: 'co', ts: T - 86_400_000, value: 3 }),
        ]);
        await store.append([aReading({ ts: T - 1, value: 'late' }), aReading({ deviceId: 'other', value: 9 })]);
        await nowAndReopened(async () => {
          expect((await store.last(['garden/smoke-1', 'unknown'])).toSorted(byMetric)).toEqual([
            aReading({ metric: 'co', ts: T - 86_400_000, value: 3 }),
            aReading({ ts: T, value: 'new' }),
          ]);
        });
        await store.append([aReading({ metric: 'co', ts: T - 80_000_000, value: 4 })]);
        expect((await store.last(['garden/smoke-1'])).toSorted(byMetric)[0]!.value).toBe(4);
      });
    });

    describe('scan', () => {
      it('gives every reading of the range once, in order of time, in bounded chunks', async () => {
        const readings = Array.from({ length: 25_000 }, (_, index) =>
          aReading({
            deviceId: `d${index % 13}`,
            metric: index % 3 === 0 ? 'heat' : 'smoke',
            // More in an hour than a store gives in one answer.
            ts: T + ((index * 7_919) % 25_000) * 100,
            value: index,
          }),
        );
        for (let offset = 0; offset < readings.length; offset += 5_000)
          await store.append(readings.slice(offset, offset + 5_000));
        const expected = readings.toSorted((a, b) => a.ts - b.ts);
        await nowAndReopened(async () => {
          expect(await all(store)).toEqual(expected);
          const [from, to] = [T + 500_000, T + 600_000];
          expect(await all(store, from, to, { deviceIds: ['d1', 'd2', 'none'] })).toEqual(
            expected.filter(({ ts, deviceId }) => ts >= from && ts < to && ['d1', 'd2'].includes(deviceId)),
          );
          expect(await all(store, from, to, { metrics: ['heat', "it's"] })).toEqual(
            expected.filter(({ ts, metric }) => ts >= from && ts < to && metric === 'heat'),
          );
          expect(await all(store, from, to, { deviceIds: ['d1'], metrics: ['heat'] })).toEqual(
            expected.filter(
              ({ ts, deviceId, metric }) => ts >= from && ts < to && deviceId === 'd1' && metric === 'heat',
            ),
          );
        });
      });

      it('can be stopped half-way, and run beside another scan and appends', async () => {
        await store.append(Array.from({ length: 5_000 }, (_, index) => aReading({ ts: T + index, value: index })));
        for (let round = 0; round < 5; round += 1) for await (const _ of store.scan(0, T * 2)) break;
        const [first, second] = await Promise.all([all(store), all(store), store.append([aReading({ ts: 1 })])]);
        expect(first.filter(({ ts }) => ts >= T)).toHaveLength(5_000);
        expect(second.filter(({ ts }) => ts >= T)).toHaveLength(5_000);
      });
    });

    it('rejects as unavailable after it was closed', async () => {
      await store.append([aReading()]);
      await store.close();
      await store.close();
      await expect(store.append([aReading()])).rejects.toThrow(TimeSeriesUnavailableError);
      await expect(store.read({ ...ALWAYS, deviceIds: ['a'], metric: 'm' })).rejects.toThrow(
        TimeSeriesUnavailableError,
      );
      await expect(store.last(['a'])).rejects.toThrow(TimeSeriesUnavailableError);
      await expect(all(store)).rejects.toThrow(TimeSeriesUnavailableError);
    });
  });
}
