import type { Logger } from '@sc/platform/logging';
import { DiskFullError } from './disk-space.js';
import { ReadingBuffer, type ReadingBufferOptions } from './reading-buffer.js';
import {
  TimeSeriesUnavailableError,
  type AppendResult,
  type Point,
  type Reading,
  type ReadingQuery,
  type TimeSeries,
  type WindowQuery,
  type ScanFilter,
} from './time-series.js';
import { assertReadings } from './validation.js';

/** `direct`: readings go to the store. `buffering`: the store is away, they go to disk. `draining`: it is back and gets what waited. */
export type BufferState = 'direct' | 'buffering' | 'draining';

export interface BufferedOptions extends ReadingBufferOptions {
  /** First pause before the store is tried again, doubled up to thirty times of it. Default 1,000. */
  retryDelayMs?: number;
}

/**
 * A store that may go away without stopping who appends: readings then wait in a bounded buffer on disk and are drained, oldest
 * first, when it answers again. Identity makes every order and every repetition of that right. `append` rejects with
 * `TimeSeriesUnavailableError` only when the buffer is full or
 * cannot be written, or when the disk of an embedded store is full: the sender then has to wait.
 * Buffered readings are counted as `stored`, and are not in answers before they are drained.
 */
export class BufferedTimeSeries implements TimeSeries {
  private readonly buffer: ReadingBuffer;
  private current: BufferState = 'direct';
  private opening: Promise<void> | undefined;
  private draining: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly store: TimeSeries,
    private readonly options: BufferedOptions,
    private readonly logger?: Logger,
  ) {
    this.buffer = new ReadingBuffer(options);
  }

  get state(): BufferState {
    return this.current;
  }

  /** Readings on disk that the store does not have yet. */
  get bufferedReadings(): number {
    return this.buffer.readings;
  }

  get bufferedBytes(): number {
    return this.buffer.bytes;
  }

  /** Finds what an earlier process left in the buffer and begins to drain it. Idempotent; the first append does it too. */
  open(): Promise<void> {
    return (this.opening ??= this.recover());
  }

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    assertReadings(readings);
    await this.open();
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
    if (this.current !== 'buffering') {
      try {
        return await this.store.append(readings);
      } catch (error) {
        if (!(error instanceof TimeSeriesUnavailableError) || this.closed) throw error;
        // The buffer lies on the same disk: it would refuse them too.
        if (error instanceof DiskFullError) throw error;
        this.enter('buffering');
      }
    }
    await this.buffer.append(readings);
    this.scheduleDrain();
    return { stored: readings.length, duplicates: 0, conflicts: 0 };
  }

  /** Tries now to hand everything buffered to the store. Resolves when all is handed over or the store is away again. */
  drain(): Promise<void> {
    return (this.draining ??= this.drainAll().finally(() => {
      this.draining = undefined;
    }));
  }

  read(query: ReadingQuery): Promise<Point[]> {
    return this.store.read(query);
  }

  aggregate(query: WindowQuery): Promise<Point[]> {
    return this.store.aggregate(query);
  }

  last(deviceIds: readonly string[]): Promise<Reading[]> {
    return this.store.last(deviceIds);
  }

  scan(from: number, to: number, filter?: ScanFilter): AsyncIterable<Reading[]> {
    return this.store.scan(from, to, filter);
  }

  /** What is still buffered stays on disk for the next start. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.opening?.catch(() => undefined);
    await this.draining;
    await this.buffer.close();
    await this.store.close();
  }

  private async recover(): Promise<void> {
    try {
      await this.buffer.open();
    } catch (cause) {
      this.opening = undefined;
      throw new TimeSeriesUnavailableError('the buffer of the time-series store cannot be read', { cause });
    }
    if (this.buffer.isEmpty) return;
    this.enter('buffering');
    this.scheduleDrain(0);
  }

  private async drainAll(): Promise<void> {
    try {
      await this.open();
      while (!this.buffer.isEmpty && !this.closed) {
        const { damaged } = await this.buffer.drainOldest((readings) => this.handOver(readings));
        if (damaged)
          this.logger?.error(
            { directory: this.options.directory },
            'buffered readings damaged on disk, segment put aside',
          );
      }
      if (this.closed) return;
      this.failures = 0;
      this.enter('direct');
    } catch (error) {
      this.enter('buffering');
      this.failures += 1;
      const level = error instanceof TimeSeriesUnavailableError ? 'warn' : 'error';
      this.logger?.[level](
        { error: String(error), bufferedReadings: this.bufferedReadings },
        'time-series store still away',
      );
      this.scheduleDrain();
    }
  }

  private async handOver(readings: Reading[]): Promise<void> {
    if (this.closed) throw new TimeSeriesUnavailableError('the time-series store is closed');
    await this.store.append(readings);
    this.enter('draining');
  }

  private scheduleDrain(delayMs = (this.options.retryDelayMs ?? 1_000) * Math.min(2 ** this.failures, 30)): void {
    if (this.closed || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.drain();
    }, delayMs);
    this.timer.unref();
  }

  private enter(state: BufferState): void {
    if (this.current === state) return;
    this.current = state;
    this.logger?.[state === 'buffering' ? 'warn' : 'info'](
      { state, bufferedReadings: this.bufferedReadings },
      'time-series buffer',
    );
  }
}
