import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskSpace } from './disk-space.js';
import { countReadings, decodeRecords, encodeRecord } from './reading-buffer-record.js';
import { TimeSeriesUnavailableError, type Reading } from './time-series.js';

export interface ReadingBufferOptions {
  /** Folder of the segments; created when missing. */
  directory: string;
  /** Bytes beyond which `append` rejects. Default 1 GiB. */
  maxBytes?: number;
  /** Bytes at which a new segment file is begun. Default 16 MiB: one is read into memory at a time. */
  segmentBytes?: number;
  /** The volume of the folder; while it is full, `append` rejects. */
  disk?: DiskSpace;
}

interface Segment {
  file: string;
  bytes: number;
  readings: number;
  /** Records already handed over; forgotten in a crash, after which they are handed over again. */
  drained: number;
}

const EXTENSION = '.readings';

/**
 * Batches of readings in fsynced files, oldest first. A record that a crash cut short was never acknowledged and is ignored.
 */
export class ReadingBuffer {
  private readonly sealed: Segment[] = [];
  private active: (Segment & { handle: FileHandle }) | undefined;
  private nextNumber = 1;
  /** Writing and sealing take turns: a segment that is sealed during a write would be drained without its last record. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ReadingBufferOptions) {}

  get readings(): number {
    return this.sealed.reduce((sum, { readings }) => sum + readings, 0) + (this.active?.readings ?? 0);
  }

  get bytes(): number {
    return this.sealed.reduce((sum, { bytes }) => sum + bytes, 0) + (this.active?.bytes ?? 0);
  }

  get isEmpty(): boolean {
    return this.sealed.length === 0 && !this.active;
  }

  /** Finds what an earlier process left behind. New records never go behind a tail that may be torn, but into a new segment. */
  async open(): Promise<void> {
    await mkdir(this.options.directory, { recursive: true });
    for (const name of (await readdir(this.options.directory)).sort()) {
      this.nextNumber = Math.max(this.nextNumber, Number.parseInt(name, 10) + 1 || 1);
      if (!name.endsWith(EXTENSION)) continue;
      const file = join(this.options.directory, name);
      const content = await readFile(file);
      this.sealed.push({ file, bytes: content.length, readings: countReadings(content), drained: 0 });
    }
  }

  /** Resolves when the batch is on disk. @throws TimeSeriesUnavailableError when the buffer is full or cannot be written. */
  append(readings: readonly Reading[]): Promise<void> {
    return this.inTurn(() => this.write(readings));
  }

  /**
   * Hands the records of the oldest segment to `store`, then deletes the segment. When `store` rejects, the rest stays; after a
   * crash all of the segment comes again, so that `store` must be idempotent. A damaged segment is put aside as `.damaged`; the answer says so.
   */
  async drainOldest(store: (readings: Reading[]) => Promise<void>): Promise<{ damaged: boolean }> {
    if (this.sealed.length === 0) await this.inTurn(() => this.seal());
    const segment = this.sealed[0];
    if (!segment) return { damaged: false };
    const { records, damaged } = decodeRecords(await readFile(segment.file));
    for (const record of records.slice(segment.drained)) {
      await store(record);
      segment.drained += 1;
    }
    if (damaged) await rename(segment.file, `${segment.file}.damaged`);
    else await unlink(segment.file);
    this.sealed.shift();
    return { damaged };
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.seal());
  }

  private async write(readings: readonly Reading[]): Promise<void> {
    this.options.disk?.assertRoom();
    const record = encodeRecord(readings);
    if (this.bytes + record.length > (this.options.maxBytes ?? 2 ** 30)) {
      throw new TimeSeriesUnavailableError('the time-series store is away and its buffer is full');
    }
    try {
      const segment = (this.active ??= await this.begin());
      const { bytesWritten } = await segment.handle.write(record, 0, record.length, segment.bytes);
      if (bytesWritten < record.length) throw new Error(`only ${bytesWritten} of ${record.length} bytes were written`);
      await segment.handle.datasync();
      segment.bytes += record.length;
      segment.readings += readings.length;
      if (segment.bytes >= (this.options.segmentBytes ?? 2 ** 24)) await this.seal();
    } catch (cause) {
      // What reached the disk is unknown: nothing may be written behind it.
      await this.seal().catch(() => undefined);
      throw new TimeSeriesUnavailableError('the buffer of the time-series store cannot be written', { cause });
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async begin(): Promise<Segment & { handle: FileHandle }> {
    const file = join(this.options.directory, `${String(this.nextNumber).padStart(12, '0')}${EXTENSION}`);
    this.nextNumber += 1;
    const handle = await open(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    // The file's name is data too: without this a power cut could lose the whole segment.
    const directory = await open(this.options.directory, constants.O_RDONLY);
    await directory.sync().finally(() => directory.close());
    return { file, bytes: 0, readings: 0, drained: 0, handle };
  }

  private async seal(): Promise<void> {
    const active = this.active;
    this.active = undefined;
    if (!active) return;
    const { handle, ...segment } = active;
    this.sealed.push(segment);
    await handle.close();
  }
}
