import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TimeSeriesUnavailableError } from './time-series.js';

/** More waiting queries than this mean that nobody will still want the answer of the last one. */
const MAX_WAITING = 500;

/** A bounded set of connections for queries; who comes when all are busy waits in order. */
export class DuckDbConnections {
  private readonly idle: DuckDBConnection[] = [];
  private readonly waiting: { resolve: (connection: DuckDBConnection) => void; reject: (error: Error) => void }[] = [];
  private taken = 0;
  private readonly busy = new Set<DuckDBConnection>();
  private closing: PromiseWithResolvers<void> | undefined;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly size: number,
  ) {}

  /** @throws TimeSeriesUnavailableError when too many wait already, or the pool is closed. */
  async take(): Promise<DuckDBConnection> {
    if (this.closing) throw new TimeSeriesUnavailableError('the time-series store is closed');
    if (this.taken >= this.size) return this.wait();
    this.taken += 1;
    try {
      const connection = this.idle.pop() ?? (await this.instance.connect());
      this.busy.add(connection);
      return connection;
    } catch (cause) {
      this.taken -= 1;
      this.resolveWhenEmpty();
      throw cause;
    }
  }

  release(connection: DuckDBConnection): void {
    const next = this.closing ? undefined : this.waiting.shift();
    if (next) return next.resolve(connection);
    this.busy.delete(connection);
    this.taken -= 1;
    if (!this.closing) return void this.idle.push(connection);
    connection.closeSync();
    this.resolveWhenEmpty();
  }

  /** Stops what runs and resolves when the last connection is closed: only then may the file be opened again. */
  async close(): Promise<void> {
    if (this.closing) return this.closing.promise;
    this.closing = Promise.withResolvers<void>();
    for (const connection of this.idle.splice(0)) connection.closeSync();
    for (const connection of this.busy) connection.interrupt();
    for (const { reject } of this.waiting.splice(0))
      reject(new TimeSeriesUnavailableError('the time-series store is closed'));
    this.resolveWhenEmpty();
    return this.closing.promise;
  }

  private resolveWhenEmpty(): void {
    if (this.taken === 0) this.closing?.resolve();
  }

  private wait(): Promise<DuckDBConnection> {
    if (this.waiting.length >= MAX_WAITING) throw new TimeSeriesUnavailableError('too many queries are waiting');
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}
