import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, DuckDBTimestampMillisecondsValue } from '@duckdb/node-api';
import type { Reading } from '@sc/platform/time-series';
import type { ExportWriter } from './export-writer.js';

/** Rows held in memory before they become a part on disk: some 100 MB at the most. */
const partRows = 500_000;
const columns =
  'device varchar, metric varchar, ts timestamp_ms, epoch_ms bigint, "number" double, "boolean" boolean, "text" varchar';

/**
 * Through a DuckDB of its own, in memory and with a limit: rows become parts, parts become the file. One column for each type of
 * value, so that a reader needs no guessing.
 */
export class ParquetWriter implements ExportWriter {
  bytes = 0;
  private readonly parts: string[] = [];
  private rows = 0;

  private constructor(
    private readonly path: string,
    private readonly folder: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly rowsPerPart: number,
  ) {}

  static async create(path: string, rowsPerPart = partRows): Promise<ParquetWriter> {
    const folder = `${path}.parts`;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: '256MB',
      // One: it must not take the processor from those who take messages in.
      threads: '1',
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const writer = new ParquetWriter(path, folder, instance, await instance.connect(), rowsPerPart);
    await writer.empty();
    return writer;
  }

  async write(readings: readonly Reading[]): Promise<void> {
    const appender = await this.connection.createAppender('readings');
    for (const { deviceId, metric, ts, value } of readings) {
      appender.appendVarchar(deviceId);
      appender.appendVarchar(metric);
      appender.appendTimestampMilliseconds(new DuckDBTimestampMillisecondsValue(BigInt(ts)));
      appender.appendBigInt(BigInt(ts));
      if (typeof value === 'number') appender.appendDouble(value);
      else appender.appendNull();
      if (typeof value === 'boolean') appender.appendBoolean(value);
      else appender.appendNull();
      if (typeof value === 'string') appender.appendVarchar(value);
      else appender.appendNull();
      appender.endRow();
    }
    appender.closeSync();
    this.rows += readings.length;
    if (this.rows >= this.rowsPerPart) await this.endPart();
  }

  async finish(): Promise<void> {
    if (this.rows > 0 || this.parts.length === 0) await this.endPart();
    const [only] = this.parts;
    if (this.parts.length === 1 && only) await rename(only, this.path);
    else await this.copy(`select * from read_parquet([${this.parts.map(quoted).join(', ')}])`, this.path);
    this.bytes = (await stat(this.path)).size;
    await this.close();
  }

  async abort(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  private async endPart(): Promise<void> {
    const part = join(this.folder, `${this.parts.length}.parquet`);
    await this.copy('select * from readings', part);
    this.parts.push(part);
    this.bytes += (await stat(part)).size;
    await this.empty();
  }

  private async copy(query: string, to: string): Promise<void> {
    await this.connection.run(`copy (${query}) to ${quoted(to)} (format parquet, compression zstd)`);
  }

  private async empty(): Promise<void> {
    await this.connection.run(`create or replace table readings (${columns})`);
    this.rows = 0;
  }

  private async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
