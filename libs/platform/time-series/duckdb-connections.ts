import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TimeSeriesUnavailableError } from './time-series.js';

/** More waiting queries than this mean that nobody will still want the answer of the last one. */
const MAX_WAITING = 500;

/** A bounded set of connections for queries; who comes when all are busy waits in order. */
export class DuckDbConnections {
  private readonly idle: DuckDBConnection[] = [];
  private readonly waiting: { resolve: (connection: DuckDBConnection) => void; reject: (error: Error) => void }[] = [];
  private taken = 0;
  private closed = false;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly size: number,
  ) {}

  /** @throws TimeSeriesUnavailableError when too many wait already, or the pool is closed. */
  async take(): Promise<DuckDBConnection> {
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
    if (this.taken >= this.size) return this.wait();
    this.taken += 1;
    try {
      return this.idle.pop() ?? (await this.instance.connect());
    } catch (cause) {
      this.taken -= 1;
      throw cause;
    }
  }

  release(connection: DuckDBConnection): void {
    const next = this.closed ? undefined : this.waiting.shift();
    if (next) return next.resolve(connection);
    this.taken -= 1;
    if (this.closed) connection.closeSync();
    else this.idle.push(connection);
  }

  /** Connections in use close when they are released. */
  close(): void {
    this.closed = true;
    for (const connection of this.idle.splice(0)) connection.closeSync();
    for (const { reject } of this.waiting.splice(0))
      reject(new TimeSeriesUnavailableError('the time-series store is closed'));
  }

  private wait(): Promise<DuckDBConnection> {
    if (this.waiting.length >= MAX_WAITING) throw new TimeSeriesUnavailableError('too many queries are waiting');
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}
