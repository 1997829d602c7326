import {
  TimeSeriesUnavailableError,
  type AppendResult,
  type Point,
  type Reading,
  type ReadingQuery,
  type ReadingValue,
  type WindowQuery,
  type ScanFilter,
} from './time-series.js';
import { floorTo, HOUR_MS, MINUTE_MS } from './roll-up-spans.js';
import type { MaintainedTimeSeries, Maintenance, MaintenanceStep, TimeSeriesUsage } from './time-series-life.js';
import { assertPointCount, assertReadingQuery, assertReadings, assertWindowQuery, wellFormed } from './validation.js';

/** The fake of the port, for tests: not exported from index.ts, so that production cannot import it. */
export class InMemoryTimeSeries implements MaintainedTimeSeries {
  /** Set to make every call reject, as a store that is down. */
  unavailable = false;
  /** device → metric → ts → value */
  private retentionFloor: (deviceId: string, metric: string, level: 'rawMs' | 'minuteMs' | 'hourMs') => number = () =>
    Number.NEGATIVE_INFINITY;
  private readonly devices = new Map<string, Map<string, Map<number, ReadingValue>>>();

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    assertReadings(readings);
    this.answerOrThrow();
    const result = { stored: 0, duplicates: 0, conflicts: 0 };
    for (const reading of readings) {
      const { deviceId, metric, ts, value } = wellFormed(reading);
      const values = this.series(deviceId, metric);
      const before = values.get(ts);
      if (before === undefined) {
        values.set(ts, value);
        result.stored += 1;
      } else if (before === value) result.duplicates += 1;
      else result.conflicts += 1;
    }
    return result;
  }

  async read(query: ReadingQuery): Promise<Point[]> {
    assertReadingQuery(query);
    this.answerOrThrow();
    return sortedDevices(query.deviceIds).flatMap((deviceId) => this.points(deviceId, query).slice(0, query.limit));
  }

  async aggregate(query: WindowQuery): Promise<Point[]> {
    assertWindowQuery(query);
    this.answerOrThrow();
    const points = sortedDevices(query.deviceIds).flatMap((deviceId) => {
      const windows = Map.groupBy(
        this.points(deviceId, query, levelOf(query.windowMs)),
        ({ ts }) => Math.floor(ts / query.windowMs) * query.windowMs,
      );
      return [...windows].flatMap(([ts, inWindow]) => {
        const value = aggregated(query.aggregate, inWindow);
        return value === undefined ? [] : [{ deviceId, ts, value }];
      });
    });
    assertPointCount(points.length);
    return points;
  }

  async last(deviceIds: readonly string[]): Promise<Reading[]> {
    this.answerOrThrow();
    return sortedDevices(deviceIds).flatMap((deviceId) =>
      [...(this.devices.get(deviceId) ?? [])].map(([metric, values]) => {
        const ts = Math.max(...values.keys());
        return { deviceId, metric, ts, value: values.get(ts)! };
      }),
    );
  }

  async *scan(from: number, to: number, { deviceIds, metrics }: ScanFilter = {}): AsyncIterable<Reading[]> {
    this.answerOrThrow();
    const readings: Reading[] = [];
    const names = metrics?.map((metric) => metric.toWellFormed());
    for (const deviceId of deviceIds ? sortedDevices(deviceIds) : this.devices.keys()) {
      for (const metric of this.devices.get(deviceId)?.keys() ?? []) {
        if (names && !names.includes(metric)) continue;
        for (const { ts, value } of this.points(deviceId, { metric, from, to }))
          readings.push({ deviceId, metric, ts, value });
      }
    }
    readings.sort((a, b) => a.ts - b.ts);
    for (let offset = 0; offset < readings.length; offset += 1_000) yield readings.slice(offset, offset + 1_000);
  }

  /** Roll-ups are made of the readings when they are asked for. */
  async compact(_: Maintenance): Promise<MaintenanceStep | undefined> {
    this.answerOrThrow();
    return undefined;
  }

  /** What has expired is only hidden: coarser windows still need it. */
  async expire({ now, retentionOf }: Maintenance): Promise<MaintenanceStep | undefined> {
    this.answerOrThrow();
    this.retentionFloor = (deviceId, metric, level) => floorTo(now - retentionOf(deviceId, metric)[level], HOUR_MS);
    return undefined;
  }

  async usage(): Promise<TimeSeriesUsage> {
    const metrics = [...this.devices.values()].flatMap((one) => [...one.values()]);
    return { readings: metrics.reduce((sum, { size }) => sum + size, 0), rollUps: 0 };
  }

  async close(): Promise<void> {
    this.unavailable = true;
  }

  private answerOrThrow(): void {
    if (this.unavailable) throw new TimeSeriesUnavailableError('the time-series store is made unavailable');
  }

  private series(deviceId: string, metric: string): Map<number, ReadingValue> {
    let metrics = this.devices.get(deviceId);
    if (!metrics) this.devices.set(deviceId, (metrics = new Map<string, Map<number, ReadingValue>>()));
    let values = metrics.get(metric);
    if (!values) metrics.set(metric, (values = new Map<number, ReadingValue>()));
    return values;
  }

  private points(
    deviceId: string,
    { metric, from, to }: { metric: string; from: number; to: number },
    level: 'rawMs' | 'minuteMs' | 'hourMs' = 'rawMs',
  ): Point[] {
    const values = this.devices.get(deviceId)?.get(metric.toWellFormed()) ?? [];
    const floor = this.retentionFloor(deviceId, metric, level);
    return [...values]
      .filter(([ts]) => ts >= from && ts < to && ts >= floor)
      .map(([ts, value]) => ({ deviceId, ts, value }))
      .sort((a, b) => a.ts - b.ts);
  }
}

/** The coarsest roll-up that such windows can be made of. */
function levelOf(windowMs: number): 'rawMs' | 'minuteMs' | 'hourMs' {
  return windowMs % HOUR_MS === 0 ? 'hourMs' : windowMs % MINUTE_MS === 0 ? 'minuteMs' : 'rawMs';
}

function sortedDevices(deviceIds: readonly string[]): string[] {
  return [...new Set(deviceIds.map((deviceId) => deviceId.toWellFormed()))].sort((a, b) => (a < b ? -1 : 1));
}

function aggregated(aggregate: WindowQuery['aggregate'], points: readonly Point[]): ReadingValue | undefined {
  if (aggregate === 'count') return points.length;
  if (aggregate === 'first') return points[0]?.value;
  if (aggregate === 'last') return points.at(-1)?.value;
  const numbers = points.filter(({ value }) => typeof value !== 'string').map(({ value }) => Number(value));
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, number) => total + number, 0);
  return { sum, avg: sum / numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) }[aggregate];
}
