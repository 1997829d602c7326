import type { Logger } from '@sc/platform/logging';
import { aggregateWindows } from './duckdb-aggregate.js';
import { lastStored, readPoints } from './duckdb-queries.js';
import { scanReadings } from './duckdb-scan.js';
import { CommitQueue } from './commit-queue.js';
import { DuckDbLife } from './duckdb-life.js';
import { DuckDbFile } from './duckdb-file.js';
import type { DuckDbOptions, DuckDbSession } from './duckdb-session.js';
import { commitBatches } from './duckdb-writer.js';
import type { Series } from './series.js';
import {
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
 * Readings in a DuckDB file of this process. Opens on first use, and again after a failure: a full disk or a lost file
 * rejects with `TimeSeriesUnavailableError` until it is put right. Throws RangeError for a query or reading nobody can answer or keep.
 */
export class DuckDbTimeSeries implements MaintainedTimeSeries {
  private readonly file: DuckDbFile;
  private readonly commits = new CommitQueue((batches) => this.commit(batches));
  private readonly life: DuckDbLife;

  constructor(
    private readonly options: DuckDbOptions,
    logger?: Logger,
  ) {
    this.file = new DuckDbFile(options, logger);
    this.life = new DuckDbLife(this.file, this.commits, options.sliceReadings, logger);
  }

  /** Opens the file now rather than with the first use. @throws TimeSeriesUnavailableError */
  async open(): Promise<void> {
    await this.file.opened();
  }

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    assertReadings(readings);
    if (readings.length === 0) return { stored: 0, duplicates: 0, conflicts: 0 };
    this.file.assertOpen();
    this.options.disk?.assertRoom();
    return this.commits.append(readings);
  }

  async read(query: ReadingQuery): Promise<Point[]> {
    assertReadingQuery(query);
    const session = await this.file.opened();
    const series = seriesOf(session, query);
    if (series.length === 0) return [];
    return this.file.query(session, (connection) => readPoints(connection, series, query));
  }

  async aggregate(query: WindowQuery): Promise<Point[]> {
    assertWindowQuery(query);
    const session = await this.file.opened();
    const series = seriesOf(session, query);
    if (series.length === 0) return [];
    return this.file.query(session, (connection) => aggregateWindows(connection, series, query));
  }

  async last(deviceIds: readonly string[]): Promise<Reading[]> {
    const session = await this.file.opened();
    const series = [...new Set(deviceIds)].flatMap((deviceId) => session.catalog.ofDevice(deviceId));
    const unknown = series.filter(({ last }) => !last);
    if (unknown.length > 0) {
      const lateCommits = unknown.map((one) => one.lateCommits);
      const found = await this.file.query(session, (connection) => lastStored(connection, unknown));
      unknown.forEach((one, index) => {
        const stored = found.get(one.id);
        if (!one.last && stored && one.lateCommits === lateCommits[index]) one.last = stored;
      });
      return series.flatMap((one) => asReading(one, one.last ?? found.get(one.id)));
    }
    return series.flatMap((one) => asReading(one, one.last));
  }

  /** Readings that are appended while the scan runs may or may not be in it. */
  async *scan(from: number, to: number, filter: ScanFilter = {}): AsyncIterable<Reading[]> {
    yield* scanReadings(this.file, await this.file.opened(), { from, to, ...filter }, this.options.scanPage);
  }

  compact(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    return this.life.compact(maintenance);
  }

  expire(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    return this.life.expire(maintenance);
  }

  usage(): Promise<TimeSeriesUsage> {
    return this.life.usage();
  }

  /** Commits what waits, then closes the file. Later calls reject as unavailable. */
  async close(): Promise<void> {
    await this.file.close(() => this.commits.idle());
  }

  private async commit(batches: readonly (readonly Reading[])[]): Promise<AppendResult[]> {
    return this.file.write(async (session) => {
      const results = await commitBatches(session, batches);
      // Between this commit and the next: what is committed is acknowledged first.
      void this.life.fold(session);
      return results;
    });
  }
}

function seriesOf(session: DuckDbSession, query: { deviceIds: readonly string[]; metric: string }): Series[] {
  const metric = query.metric.toWellFormed();
  const devices = new Set(query.deviceIds.map((deviceId) => deviceId.toWellFormed()));
  return [...devices].flatMap((deviceId) => session.catalog.find(deviceId, metric) ?? []);
}

function asReading(series: Series, last: Series['last']): Reading[] {
  return last ? [{ deviceId: series.deviceId, metric: series.metric, ts: last.ts, value: last.value }] : [];
}
