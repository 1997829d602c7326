import { type FileHandle, open, rm } from 'node:fs/promises';
import { csvLine, csvMark } from '@sc/platform/csv';
import type { Reading } from '@sc/platform/time-series';
import type { ExportWriter } from './export-writer.js';

const header = ['device', 'metric', 'time', 'ts', 'type', 'value'];

/** One line for each reading; numbers as they are, texts guarded against being run as formulas. */
export class CsvWriter implements ExportWriter {
  bytes = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<CsvWriter> {
    const writer = new CsvWriter(path, await open(path, 'w', 0o600));
    await writer.put(csvMark + csvLine(header));
    return writer;
  }

  async write(readings: readonly Reading[]): Promise<void> {
    await this.put(readings.map(lineOf).join(''));
  }

  async finish(): Promise<void> {
    await this.file.sync();
    await this.file.close();
  }

  async abort(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  private async put(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, written);
      written += bytesWritten;
    }
    this.bytes += bytes.length;
  }
}

function lineOf({ deviceId, metric, ts, value }: Reading): string {
  const time = Math.abs(ts) <= 8.64e15 ? new Date(ts).toISOString() : '';
  const type = typeof value === 'string' ? 'text' : typeof value;
  return csvLine([deviceId, metric, time, ts, type, value]);
}
