import fc from 'fast-check';
import { InMemoryTimeSeries } from './in-memory-time-series.js';
import { HOUR_MS, MINUTE_MS } from './roll-up-spans.js';
import type { MaintainedTimeSeries, Maintenance } from './time-series-life.js';
import type { Aggregate, Point, Reading, TimeSeries } from './time-series.js';

export interface MaintainedUnderTest {
  store: MaintainedTimeSeries;
  reopen?: () => Promise<MaintainedTimeSeries>;
  dispose: () => Promise<void>;
}

const DAY_MS = 24 * HOUR_MS;
const T = Date.UTC(2026, 0, 1);
const AGGREGATES: Aggregate[] = ['avg', 'min', 'max', 'sum', 'count', 'first', 'last'];
const forEver = { rawMs: 1e14, minuteMs: 1e14, hourMs: 1e14 };

let calls = 0;

/** Everything that is due, as the process that owns writing does it; each time on another day. */
export async function maintained(store: MaintainedTimeSeries, overrides: Partial<Maintenance> = {}): Promise<void> {
  calls += 1;
  const maintenance = { now: T + (400 + calls) * DAY_MS, retentionOf: () => forEver, ...overrides };
  while (await store.compact(maintenance)) continue;
  while (await store.expire(maintenance)) continue;
}

async function allOf(store: TimeSeries): Promise<Reading[]> {
  const readings: Reading[] = [];
  for await (const chunk of store.scan(0, T * 2)) readings.push(...chunk);
  return readings;
}

const aReading = fc.record({
  deviceId: fc.constantFrom('a', 'b'),
  metric: fc.constant('m'),
  // Crowded around the edges of minutes, hours and days.
  ts: fc
    .tuple(fc.nat(50), fc.constantFrom(MINUTE_MS, 7 * MINUTE_MS, HOUR_MS, 5 * HOUR_MS), fc.integer({ min: -2, max: 2 }))
    .map(([count, width, off]) => T + count * width + off),
  value: fc.oneof(fc.integer({ min: -100, max: 100 }), fc.boolean(), fc.constantFrom('open', 'shut')),
});

/** What a store with roll-ups and retention promises beside `timeSeriesConformance`. */
export function timeSeriesLifeConformance(name: string, create: () => Promise<MaintainedUnderTest>): void {
  describe(`${name} as MaintainedTimeSeries`, () => {
    let subject: MaintainedUnderTest;
    let store: MaintainedTimeSeries;
    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });
    afterEach(() => subject.dispose());

    const windows = (aggregate: Aggregate, windowMs: number, from: number, to: number) =>
      ({ deviceIds: ['a', 'b'], metric: 'm', from, to, windowMs, aggregate }) as const;

    it('answers the same with roll-ups as from readings alone, however late and doubled they came', async () => {
      let epoch = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(aReading, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
          fc.constantFrom(MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, DAY_MS, 90_000, 1_000),
          fc.nat(2 * DAY_MS),
          fc.nat(5 * DAY_MS),
          async (batches, windowMs, from, length) => {
            const metric = `m${(epoch += 1)}`;
            const plain = new InMemoryTimeSeries();
            const query = (aggregate: Aggregate) => ({
              ...windows(aggregate, windowMs, T - DAY_MS + from, T - DAY_MS + from + length),
              metric,
            });
            for (const batch of batches) {
              const readings = batch.map((reading) => ({ ...reading, metric }));
              await plain.append(readings);
              await store.append([...readings, ...readings.slice(0, 3)]);
              await maintained(store);
              for (const aggregate of AGGREGATES)
                close(await store.aggregate(query(aggregate)), await plain.aggregate(query(aggregate)));
            }
          },
        ),
        { numRuns: 12 },
      );
    });

    it('keeps every reading and its identity, in order of time, through any number of steps', async () => {
      const readings = Array.from({ length: 2_000 }, (_, index) => ({
        deviceId: `d${index % 7}`,
        metric: 'm',
        ts: T + index * MINUTE_MS,
        value: index,
      }));
      await store.append(readings.filter((_, index) => index % 3 > 0));
      await maintained(store);
      await store.append(readings.filter((_, index) => index % 3 === 0));
      await maintained(store);
      expect(await allOf(store)).toEqual(readings);
      if (subject.reopen) store = await subject.reopen();
      expect(await store.append(readings)).toEqual({ stored: 0, duplicates: 2_000, conflicts: 0 });
      await maintained(store);
      expect(await allOf(store)).toEqual(readings);
      const count = {
        ...windows('count', DAY_MS, T, T + 30 * DAY_MS),
        deviceIds: ['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'],
      };
      expect((await store.aggregate(count)).reduce((sum, { value }) => sum + Number(value), 0)).toBe(2_000);
    });

    it('deletes what has expired, each series by its own retention, and never anything earlier', async () => {
      const now = T + 100 * DAY_MS;
      const readings = ['a', 'b'].flatMap((deviceId) =>
        Array.from({ length: 100 }, (_, day) => ({ deviceId, metric: 'm', ts: T + day * DAY_MS + 1, value: day })),
      );
      await store.append(readings);
      const short = { rawMs: 10 * DAY_MS, minuteMs: 20 * DAY_MS, hourMs: 40 * DAY_MS };
      const long = { rawMs: 50 * DAY_MS, minuteMs: 60 * DAY_MS, hourMs: 70 * DAY_MS };
      await maintained(store, { now, retentionOf: (deviceId) => (deviceId === 'a' ? short : long) });
      const daysOf = async (windowMs: number) => {
        const points = await store.aggregate(windows('count', windowMs, T, T + 200 * DAY_MS));
        return ['a', 'b'].map((device) => points.filter(({ deviceId }) => deviceId === device).length);
      };
      const raw = await store.read({ deviceIds: ['a', 'b'], metric: 'm', from: 0, to: T * 2, limit: 1_000 });
      expect(['a', 'b'].map((device) => raw.filter(({ deviceId }) => deviceId === device).length)).toEqual([10, 50]);
      expect(await allOf(store)).toHaveLength(60);
      expect(await daysOf(MINUTE_MS)).toEqual([20, 60]);
      expect(await daysOf(HOUR_MS)).toEqual([40, 70]);
      expect(await daysOf(DAY_MS)).toEqual([40, 70]);
      for (const kind of ['first', 'last', 'min', 'max', 'avg', 'sum'] as const) {
        const [oldest] = await store.aggregate(windows(kind, HOUR_MS, T, T + 200 * DAY_MS));
        expect(oldest).toEqual({ deviceId: 'a', ts: T + 60 * DAY_MS, value: 60 });
      }
    });

    it('has nothing to do when nothing is due, and says how much there is', async () => {
      expect(await store.compact({ now: T, retentionOf: () => forEver })).toBeUndefined();
      expect(await store.expire({ now: T, retentionOf: () => forEver })).toBeUndefined();
      await store.append([{ deviceId: 'a', metric: 'm', ts: T, value: 1 }]);
      expect(await store.expire({ now: T, retentionOf: () => forEver })).toBeUndefined();
      const { readings = 1 } = await store.usage();
      expect(readings).toBe(1);
    });
  });
}

/** Sums of floating-point numbers depend on their order. */
function close(actual: readonly Point[], expected: readonly Point[]): void {
  const rounded = (points: readonly Point[]) =>
    points.map(({ value, ...rest }) => ({
      ...rest,
      value: typeof value === 'number' ? Number(value.toFixed(9)) : value,
    }));
  expect(rounded(actual)).toEqual(rounded(expected));
}
