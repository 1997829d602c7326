import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBResultReader } from '@duckdb/node-api';
import type { DiskSpace } from './disk-space.js';
import { DuckDbConnections } from './duckdb-connections.js';
import { CheckpointGuard, restoreCheckpoint } from './duckdb-guard.js';
import { asPoint } from './duckdb-queries.js';
import { SCHEMA } from './duckdb-schema.js';
import { SeriesCatalog } from './series.js';

export interface DuckDbOptions {
  /** Folder of the database; created when missing. One process at a time may open it. */
  directory: string;
  /** Most memory DuckDB may use; it spills to disk beyond. Default `512MB`. */
  memoryLimit?: string;
  /** Threads of DuckDB. Default 2. */
  threads?: number;
  /** A query that runs longer is stopped and rejects as unavailable. Default 30,000. */
  queryTimeoutMs?: number;
  /** Bytes of the write-ahead log at which it is folded into the file. Default 64,000,000: replayed in about a second after a crash. */
  checkpointAtBytes?: number;
  /** Readings that are compacted at once. Default 4,000,000. */
  sliceReadings?: number;
  /** Readings that a scan asks for at once. Default 250,000: compacted days are in order of series, so each question reads its days whole. */
  scanPage?: number;
  /** The volume of the folder; while it is full, `append` rejects. */
  disk?: DiskSpace;
}

/** The newest reading of each series is loaded from this last part of the history, so that a start does not read all of it. */
const RECENT_HISTORY_MS = 6 * 3_600_000;
const DEFAULT_CHECKPOINT_AT_BYTES = 64_000_000;
/** Each running query occupies a thread of Node's pool (4 by default), which files and look-ups of names need too. */
const QUERY_CONNECTIONS = 2;

/** DuckDB's lock keeps other processes out, but not a second opener in this one: two writers would break the file. */
const openFiles = new Set<string>();

/** The open database and what is known about its series. After a failed commit it is thrown away and opened again. */
export class DuckDbSession {
  readonly queries: DuckDbConnections;
  readonly catalog = new SeriesCatalog();
  private maintenance: DuckDBConnection | undefined;
  private checkpointing = Promise.resolve();

  private constructor(
    readonly file: string,
    private readonly instance: DuckDBInstance,
    readonly writer: DuckDBConnection,
    private readonly guard: CheckpointGuard,
    private readonly checkpointAtBytes = DEFAULT_CHECKPOINT_AT_BYTES,
  ) {
    this.queries = new DuckDbConnections(instance, QUERY_CONNECTIONS);
  }

  /** @param restored called when a checkpoint that was broken off had to be undone first */
  static async open(options: DuckDbOptions, restored: () => void): Promise<DuckDbSession> {
    await mkdir(options.directory, { recursive: true });
    const file = resolve(options.directory, 'readings.duckdb');
    if (openFiles.has(file)) throw new Error(`${file} is already open in this process`);
    openFiles.add(file);
    try {
      return await DuckDbSession.openFile(file, options).catch(async (cause: unknown) => {
        if (!/Corrupt database file/.test(String(cause)) || !(await restoreCheckpoint(file))) throw cause;
        restored();
        return DuckDbSession.openFile(file, options);
      });
    } catch (cause) {
      openFiles.delete(file);
      throw cause;
    }
  }

  /**
   * A statement of the connection on which readings are compacted and deleted. It takes the turn of a query: a third thread of
   * Node's pool beside the writer and the queries would leave too few for files.
   */
  async maintain(sql: string): Promise<DuckDBResultReader> {
    const turn = await this.queries.take();
    try {
      this.maintenance ??= await this.instance.connect();
      return await this.maintenance.runAndReadAll(sql);
    } finally {
      this.queries.release(turn);
    }
  }

  /** Asks what is answered at once, without waiting for a statement of {@link maintain}. */
  async ask(sql: string): Promise<DuckDBResultReader> {
    const connection = await this.queries.take();
    try {
      return await connection.runAndReadAll(sql);
    } finally {
      this.queries.release(connection);
    }
  }

  /** Stops the statement of {@link maintain} that runs now, if any. */
  interruptMaintenance(): void {
    this.maintenance?.interrupt();
  }

  /** Folds the log into the file. Rejects, and changes nothing, while another connection has a transaction that writes. */
  checkpoint(): Promise<void> {
    // One after the other: what one keeps must stay until it has ended.
    return (this.checkpointing = this.checkpointing.then(
      () => this.keepAndCheckpoint(),
      () => this.keepAndCheckpoint(),
    ));
  }

  private async keepAndCheckpoint(): Promise<void> {
    const blocks = await this.writer.runAndReadAll(
      'select block_id::double, (select block_size::double from pragma_database_size()) from pragma_metadata_info()',
    );
    const rows = blocks.getRows() as [block: number, bytes: number][];
    await this.guard.keep(
      rows.map(([block]) => block),
      rows[0]?.[1] ?? 0,
    );
    await this.writer.run('checkpoint');
  }

  /** Whether the log is long enough to be folded in. */
  async isLogLong(): Promise<boolean> {
    const { size } = await stat(`${this.file}.wal`).catch(() => ({ size: 0 }));
    return size >= this.checkpointAtBytes;
  }

  /** Folds the log into the file first, so that the next start has nothing to replay. */
  async close(): Promise<void> {
    this.interruptMaintenance();
    await this.queries.close();
    this.maintenance?.closeSync();
    this.maintenance = undefined;
    try {
      await this.checkpoint();
    } finally {
      await this.discard();
    }
  }

  /** Closes without a checkpoint; what is not committed is rolled back. Resolves when the file may be opened again. */
  async discard(): Promise<void> {
    this.interruptMaintenance();
    await this.queries.close();
    this.maintenance?.closeSync();
    this.writer.closeSync();
    this.instance.closeSync();
    await this.guard.close();
    openFiles.delete(this.file);
  }

  private static async openFile(file: string, options: DuckDbOptions): Promise<DuckDbSession> {
    const instance = await DuckDBInstance.create(file, {
      memory_limit: options.memoryLimit ?? '512MB',
      threads: String(options.threads ?? 2),
      // DuckDB makes none by itself: what it overwrites is kept before.
      checkpoint_threshold: '1TB',
      temp_directory: join(options.directory, 'spill'),
      // The answer order is always asked for; keeping the insertion order besides costs memory.
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    let guard: CheckpointGuard | undefined;
    try {
      const writer = await instance.connect();
      await writer.run('pragma disable_checkpoint_on_shutdown');
      await writer.run(SCHEMA);
      guard = await CheckpointGuard.open(file);
      const session = new DuckDbSession(file, instance, writer, guard, options.checkpointAtBytes);
      await session.loadCatalog();
      return session;
    } catch (cause) {
      instance.closeSync();
      await guard?.close();
      throw cause;
    }
  }

  private async loadCatalog(): Promise<void> {
    const newest = await this.writer.runAndReadAll(
      // Of each table alone DuckDB knows it without looking.
      'select greatest((select max(ts) from readings), (select max(ts) from history))::double',
    );
    const since = (newest.value(0, 0) as number | null) ?? Number.NEGATIVE_INFINITY;
    const exactFrom = since - RECENT_HISTORY_MS;
    const known = await this.writer.runAndReadAll('select id, device, metric from series order by id');
    for (const [id, deviceId, metric] of known.getRows()) {
      this.catalog.add(deviceId as string, metric as string, exactFrom, id as number);
    }
    if (!Number.isFinite(exactFrom)) return;
    const last = await this.writer.runAndReadAll(
      `select series_id, ts::double, reading.kind, reading.number, reading.text from (
         select series_id, max(ts) as ts, arg_max({kind: kind, number: number, text: text}, ts) as reading
         from all_readings where ts >= ${exactFrom} group by series_id)`,
    );
    for (const { id, ts, value } of last.getRows().map(asPoint)) this.catalog.get(id)?.restore({ ts, value });
  }
}
