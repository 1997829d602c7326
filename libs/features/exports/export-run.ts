import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { ExportFormat } from '@sc/contracts';
import type { Reading, TimeSeries } from '@sc/platform/time-series';
import { ExportFailure } from './export-failure.js';
import type { ExportFiles } from './export-files.js';
import type { ExportProgress, ExportRow } from './export-store.js';
import type { ExportLimits } from './limits.js';
import { CsvWriter } from './writers/csv-writer.js';
import type { ExportWriter } from './writers/export-writer.js';
import { ParquetWriter } from './writers/parquet-writer.js';

/** Some milliseconds of work; then whoever takes messages in has its turn. */
const atOnce = 1_000;
/** It works at most half of the time, and never rests longer than this. */
const longestRestMs = 100;

const open: Record<ExportFormat, (path: string) => Promise<ExportWriter>> = {
  csv: (path) => CsvWriter.create(path),
  parquet: (path) => ParquetWriter.create(path),
};

/** One export on its way from the store into its file, in chunks: memory and disturbance do not grow with its size. */
export class ExportRun {
  readonly progress: ExportProgress = { progress: 0, rows: 0, bytes: 0 };
  private readonly startedAt = performance.now();

  constructor(
    private readonly row: ExportRow,
    private readonly series: TimeSeries,
    private readonly files: ExportFiles,
    private readonly limits: ExportLimits,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when the part file is complete. @throws ExportFailure, what the store throws, the signal's reason; then no file is left */
  async write(path: string): Promise<void> {
    await this.files.assertRoom();
    const writer = await open[this.row.format](path);
    try {
      for await (const chunk of this.chunks()) {
        await this.put(writer, chunk);
        this.assertBounds();
        await this.files.assertRoom();
      }
      await writer.finish();
      this.progress.bytes = writer.bytes;
      this.assertBounds();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }

  private chunks(): AsyncIterable<Reading[]> {
    const { fromAt, toAt, deviceIds, metrics } = this.row;
    return this.series.scan(fromAt.getTime(), toAt.getTime(), { deviceIds, ...(metrics ? { metrics } : {}) });
  }

  private async put(writer: ExportWriter, chunk: readonly Reading[]): Promise<void> {
    for (let start = 0; start < chunk.length; start += atOnce) {
      const began = performance.now();
      this.signal.throwIfAborted();
      await writer.write(chunk.slice(start, start + atOnce));
      await wait(Math.min(longestRestMs, performance.now() - began));
    }
    this.signal.throwIfAborted();
    this.progress.rows += chunk.length;
    this.progress.bytes = writer.bytes;
    const last = chunk.at(-1);
    if (last) this.progress.progress = this.shareUpTo(last.ts);
  }

  /** By time, because nobody knows the number of readings before they are read. */
  private shareUpTo(ts: number): number {
    const [from, to] = [this.row.fromAt.getTime(), this.row.toAt.getTime()];
    return Math.min(1, Math.max(this.progress.progress, (ts - from) / (to - from)));
  }

  private assertBounds(): void {
    if (this.progress.rows > this.limits.rows) throw new ExportFailure('too-many-rows');
    if (this.progress.bytes > this.limits.bytes) throw new ExportFailure('too-large');
    if (performance.now() - this.startedAt > this.limits.runMs) throw new ExportFailure('too-slow');
  }
}
