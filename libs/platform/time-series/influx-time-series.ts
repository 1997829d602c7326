import type { Logger } from '@sc/platform/logging';
import { CommitQueue } from './commit-queue.js';
import { InfluxConnection, type InfluxRefusedError } from './influx-connection.js';
import { MAX_TIME_MS } from './influx-lines.js';
import type { InfluxOptions } from './influx-options.js';
import { aggregateWindows } from './influx-aggregate.js';
import { InfluxLifeState } from './influx-life-state.js';
import { InfluxRollUps } from './influx-life.js';
import { lastReadings, readPoints, scanReadings } from './influx-queries.js';
import { expireSeries } from './influx-retention.js';
import { writeBatches } from './influx-writer.js';
import { SeriesCatalog } from './series.js';
import {
  TimeSeriesUnavailableError,
  type AppendResult,
  type Point,
  type Reading,
  type ReadingQuery,
  type WindowQuery,
  type ScanFilter,
} from './time-series.js';
import type { MaintainedTimeSeries, Maintenance, MaintenanceStep, TimeSeriesUsage } from './time-series-life.js';
import { assertReadingQuery, assertReadings, assertWindowQuery } from './validation.js';

/**
 * Readings in an InfluxDB of 1.x, 2.x or 3.x. `append` resolves after the server answered, and what it will never take is counted as
 * `refused`, logged, and not tried again. A reading is identified by the server (a point is there once); counting duplicates and keeping
 * the first of two values is exact while one process writes, which is what a platform with one ingest has.
 */
export class InfluxTimeSeries implements MaintainedTimeSeries {
  private readonly influx: InfluxConnection;
  private readonly commits = new CommitQueue((batches) => this.commit(batches));
  private catalog = new SeriesCatalog();
  private readonly lifeState: InfluxLifeState;
  private readonly rollUps: InfluxRollUps;
  private closed = false;

  constructor(
    options: InfluxOptions,
    private readonly logger?: Logger,
  ) {
    this.influx = new InfluxConnection(options);
    this.lifeState = new InfluxLifeState(this.influx);
    this.rollUps = new InfluxRollUps(this.influx, this.lifeState, this.commits);
  }

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    assertReadings(readings);
    if (readings.some(({ ts }) => Math.abs(ts) > MAX_TIME_MS))
      throw new RangeError('a reading needs a time between the years 1677 and 2262');
    this.assertOpen();
    if (readings.length === 0) return { stored: 0, duplicates: 0, conflicts: 0 };
    return this.commits.append(readings);
  }

  async read(query: ReadingQuery): Promise<Point[]> {
    assertReadingQuery(query);
    this.assertOpen();
    return readPoints(this.influx, query);
  }

  async aggregate(query: WindowQuery): Promise<Point[]> {
    assertWindowQuery(query);
    this.assertOpen();
    return aggregateWindows(this.influx, query);
  }

  async last(deviceIds: readonly string[]): Promise<Reading[]> {
    this.assertOpen();
    return lastReadings(this.influx, deviceIds);
  }

  /** Readings that are appended while the scan runs may or may not be in it. */
  async *scan(from: number, to: number, filter: ScanFilter = {}): AsyncIterable<Reading[]> {
    this.assertOpen();
    yield* scanReadings(this.influx, { from, to, ...filter });
  }

  async compact(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    this.assertOpen();
    return this.rollUps.step(maintenance);
  }

  async expire(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    this.assertOpen();
    try {
      return await expireSeries(this.influx, maintenance);
    } catch (error) {
      if (!/answered (200|4\d\d)/.test(String(error))) throw error;
      this.logger?.warn({ error: String(error) }, 'InfluxDB deletes nothing: set the retention of the bucket itself');
      return undefined;
    }
  }

  /** Counting would read everything, and the disk is another machine's. */
  async usage(): Promise<TimeSeriesUsage> {
    this.assertOpen();
    return {};
  }

  /** Writes what waits. Later calls reject as unavailable. */
  async close(): Promise<void> {
    this.closed = true;
    await this.commits.idle();
  }

  private async commit(batches: readonly (readonly Reading[])[]): Promise<AppendResult[]> {
    try {
      const results = await writeBatches(this.influx, this.catalog, this.lifeState, batches, (error, lines) =>
        this.refused(error, lines),
      );
      if (results.some(({ refused }) => refused)) this.catalog = new SeriesCatalog();
      return results;
    } catch (error) {
      // What reached the server is unknown, so what memory knows about the series is worth nothing now.
      this.catalog = new SeriesCatalog();
      throw error;
    }
  }

  private refused(error: InfluxRefusedError, lines: number): void {
    this.logger?.error({ err: error, readings: lines }, 'InfluxDB will never take these readings; they are not stored');
  }

  private assertOpen(): void {
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
  }
}
