import type { DuckDBConnection } from '@duckdb/node-api';
import type { Logger } from '@sc/platform/logging';
import { aggregateWindows } from './duckdb-aggregate.js';
import { lastStored, readPoints, SCAN_PAGE, scanPage, scanSlices, type IdPoint } from './duckdb-queries.js';
import { CommitQueue } from './commit-queue.js';
import { DuckDbLife } from './duckdb-life.js';
import { DuckDbSession, type DuckDbOptions } from './duckdb-session.js';
import { commitBatches } from './duckdb-writer.js';
import type { Series } from './series.js';
import {
  TimeSeriesUnavailableError,
  type AppendResult,
  type Point,
  type Reading,
  type ReadingQuery,
  type WindowQuery,
} from './time-series.js';
import type { MaintainedTimeSeries, Maintenance, MaintenanceStep, TimeSeriesUsage } from './time-series-life.js';
import { assertReadingQuery, assertReadings, assertWindowQuery } from './validation.js';

const DEFAULT_QUERY_TIMEOUT_MS = 30_000;
/** Readings per chunk of a scan. */
const SCAN_CHUNK = 10_000;

/**
 * Readings in a DuckDB file of this process. Opens on first use, and again after a failure: a full disk or a lost file
 * rejects with `TimeSeriesUnavailableError` until it is put right. Throws RangeError for a query or reading nobody can answer or keep.
 */
export class DuckDbTimeSeries implements MaintainedTimeSeries {
  private session: Promise<DuckDbSession> | undefined;
  private current: DuckDbSession | undefined;
  private discarding: Promise<void> | undefined;
  private readonly commits = new CommitQueue((batches) => this.commit(batches));
  private readonly life: DuckDbLife;
  private closed = false;

  constructor(
    private readonly options: DuckDbOptions,
    private readonly logger?: Logger,
  ) {
    const access = {
      with: async <T>(work: (session: DuckDbSession) => Promise<T>) => {
        const session = await this.opened();
        return this.guarded(session, () => work(session));
      },
      between: <T>(work: () => Promise<T>) => this.commits.between(work),
    };
    this.life = new DuckDbLife(access, options.sliceReadings, logger);
  }

  /** Opens the file now rather than with the first use. @throws TimeSeriesUnavailableError */
  async open(): Promise<void> {
    await this.opened();
  }

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    assertReadings(readings);
    if (readings.length === 0) return { stored: 0, duplicates: 0, conflicts: 0 };
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
    this.options.disk?.assertRoom();
    return this.commits.append(readings);
  }

  async read(query: ReadingQuery): Promise<Point[]> {
    assertReadingQuery(query);
    const session = await this.opened();
    const series = seriesOf(session, query);
    if (series.length === 0) return [];
    return this.query(session, (connection) => readPoints(connection, series, query));
  }

  async aggregate(query: WindowQuery): Promise<Point[]> {
    assertWindowQuery(query);
    const session = await this.opened();
    const series = seriesOf(session, query);
    if (series.length === 0) return [];
    return this.query(session, (connection) => aggregateWindows(connection, series, query));
  }

  async last(deviceIds: readonly string[]): Promise<Reading[]> {
    const session = await this.opened();
    const series = [...new Set(deviceIds)].flatMap((deviceId) => session.catalog.ofDevice(deviceId));
    const unknown = series.filter(({ last }) => !last);
    if (unknown.length > 0) {
      const lateCommits = unknown.map((one) => one.lateCommits);
      const found = await this.query(session, (connection) => lastStored(connection, unknown));
      unknown.forEach((one, index) => {
        const stored = found.get(one.id);
        if (!one.last && stored && one.lateCommits === lateCommits[index]) one.last = stored;
      });
      return series.flatMap((one) => asReading(one, one.last ?? found.get(one.id)));
    }
    return series.flatMap((one) => asReading(one, one.last));
  }

  /** Readings that are appended while the scan runs may or may not be in it. */
  async *scan(from: number, to: number, deviceIds?: readonly string[]): AsyncIterable<Reading[]> {
    const session = await this.opened();
    const series = deviceIds && [...new Set(deviceIds)].flatMap((deviceId) => session.catalog.ofDevice(deviceId));
    if (series?.length === 0) return;
    const slices = await this.query(session, (connection) => scanSlices(connection, from, to));
    for (const slice of slices) {
      let after: IdPoint | undefined;
      do {
        const page = await this.query(session, (connection) =>
          scanPage(connection, slice, { from, to, series }, after),
        );
        const readings = page.map(({ id, ts, value }): Reading => {
          const { deviceId, metric } = session.catalog.get(id)!;
          return { deviceId, metric, ts, value };
        });
        for (let offset = 0; offset < readings.length; offset += SCAN_CHUNK)
          yield readings.slice(offset, offset + SCAN_CHUNK);
        after = page.length === SCAN_PAGE ? page.at(-1) : undefined;
      } while (after);
    }
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
    this.closed = true;
    await this.commits.idle();
    const session = this.session;
    this.session = undefined;
    try {
      await (await session)?.close();
      await this.discarding;
    } catch (error) {
      this.logger?.warn({ error: String(error) }, 'time series closed without a checkpoint');
    }
  }

  private async commit(batches: readonly (readonly Reading[])[]): Promise<AppendResult[]> {
    let session: DuckDbSession | undefined;
    try {
      session = await this.opened(true);
      return await commitBatches(session, batches);
    } catch (cause) {
      // Whether the commit reached the disk is unknown, so what memory knows about the series is worth nothing now.
      if (session) this.discard(session);
      throw this.unavailable(cause);
    }
  }

  private discard(session: DuckDbSession): void {
    if (this.current !== session) return;
    this.current = undefined;
    this.session = undefined;
    this.discarding = session.discard().catch((error: unknown) => {
      this.logger?.warn({ error: String(error) }, 'time series discarded with an error');
    });
  }

  private async opened(duringClose = false): Promise<DuckDbSession> {
    if (this.closed && !duringClose) throw new TimeSeriesUnavailableError('the time-series store is closed');
    const opening = (this.session ??= this.openSession());
    try {
      return await opening;
    } catch (cause) {
      if (this.session === opening) this.session = undefined;
      throw this.unavailable(cause);
    }
  }

  private async openSession(): Promise<DuckDbSession> {
    await this.discarding;
    const session = await DuckDbSession.open(this.options);
    this.current = session;
    return session;
  }

  private async query<T>(session: DuckDbSession, ask: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await session.queries.take();
    // Again and again: DuckDB forgets an interrupt that comes just before its query begins.
    const timer = setInterval(() => connection.interrupt(), this.options.queryTimeoutMs ?? DEFAULT_QUERY_TIMEOUT_MS);
    try {
      return await this.guarded(session, () => ask(connection));
    } finally {
      clearInterval(timer);
      session.queries.release(connection);
    }
  }

  private async guarded<T>(session: DuckDbSession, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      // After a fatal error DuckDB answers nothing any more until the file is opened anew.
      if (/^FATAL|invalidated/.test(String(cause instanceof Error ? cause.message : cause))) this.discard(session);
      throw this.unavailable(cause);
    }
  }

  private unavailable(cause: unknown): Error {
    if (cause instanceof TimeSeriesUnavailableError || cause instanceof RangeError) return cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    this.logger?.warn({ error: detail }, 'time series unavailable');
    return new TimeSeriesUnavailableError(`the time-series store cannot answer: ${detail}`, { cause });
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
