import type { DuckDBConnection } from '@duckdb/node-api';
import type { Logger } from '@sc/platform/logging';
import { DuckDbSession, type DuckDbOptions } from './duckdb-session.js';
import { TimeSeriesUnavailableError } from './time-series.js';

const DEFAULT_QUERY_TIMEOUT_MS = 30_000;

/** The file, open or to be opened: on first use, and anew after what was known about it became worthless. */
export class DuckDbFile {
  private session: Promise<DuckDbSession> | undefined;
  private current: DuckDbSession | undefined;
  private discarding: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly options: DuckDbOptions,
    private readonly logger?: Logger,
  ) {}

  /** @throws TimeSeriesUnavailableError */
  assertOpen(): void {
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
  }

  /** @throws TimeSeriesUnavailableError */
  async opened(duringClose = false): Promise<DuckDbSession> {
    if (!duringClose) this.assertOpen();
    const opening = (this.session ??= this.openSession());
    try {
      return await opening;
    } catch (cause) {
      if (this.session === opening) this.session = undefined;
      throw this.unavailable(cause);
    }
  }

  /** What is already on its way is written even while the file is being closed. */
  async write<T>(work: (session: DuckDbSession) => Promise<T>): Promise<T> {
    let session: DuckDbSession | undefined;
    try {
      session = await this.opened(true);
      return await work(session);
    } catch (cause) {
      // Whether the commit reached the disk is unknown, so what memory knows about the series is worth nothing now.
      if (session) this.discard(session);
      throw this.unavailable(cause);
    }
  }

  /** Asks on a connection of its own, with a limit. */
  async query<T>(session: DuckDbSession, ask: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
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

  /** Upkeep: without a limit, a step may take as long as it needs. */
  async with<T>(work: (session: DuckDbSession) => Promise<T>): Promise<T> {
    const session = await this.opened();
    return this.guarded(session, () => work(session));
  }

  /** @param drained resolves when what was on its way is written */
  async close(drained: () => Promise<void>): Promise<void> {
    this.closed = true;
    await drained();
    const session = this.session;
    this.session = undefined;
    try {
      await (await session)?.close();
      await this.discarding;
    } catch (error) {
      this.logger?.warn({ error: String(error) }, 'time series closed without a checkpoint');
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

  private async openSession(): Promise<DuckDbSession> {
    await this.discarding;
    const session = await DuckDbSession.open(this.options, () =>
      this.logger?.warn({}, 'time series: a checkpoint that was broken off has been undone'),
    );
    this.current = session;
    return session;
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
