import type { Logger } from '@sc/platform/logging';
import { mkdir, statfs } from 'node:fs/promises';
import { TimeSeriesUnavailableError } from './time-series.js';

/** `low`: somebody should make room. `full`: readings are refused, so that alarms and work orders can still be written. */
export type DiskState = 'plenty' | 'low' | 'full';

export interface DiskSpaceOptions {
  /** A folder on the volume; created when missing. */
  directory: string;
  /** Free bytes that readings never take. Default: the larger of 512 MiB and 2 % of the volume, at most a quarter of it. */
  reserveBytes?: number;
  /** Default 1,000. */
  checkEveryMs?: number;
  /** What tells free and total bytes; for tests. */
  measure?: (directory: string) => Promise<{ freeBytes: number; totalBytes: number }>;
}

/**
 * What PostgreSQL needs to go on for days without readings: a few write-ahead segments and a checkpoint (some 100 MB), events, photos.
 * On large disks 2 %, because file systems slow down when they fill up; on a volume that is small all of it would be reserve.
 */
const LEAST_RESERVE = 512 * 2 ** 20;
const RESERVE_SHARE = 0.02;
const MOST_SHARE = 0.25;
/** `low` begins at this many reserves: at a thousand readings a second the last of them lasts for hours. */
const LOW_AT = 3;
/** Full ends only when this much of the reserve is free above it: at one bound it would go on and off with every batch. */
const BACK_AT = 1.25;

/** The store has room again only when somebody makes some; trying again is right, waiting on disk is not. */
export class DiskFullError extends TimeSeriesUnavailableError {}

/** How much room is left on a volume, looked at once a second and asked for free. */
export class DiskSpace {
  private current: DiskState = 'plenty';
  private measured: { freeBytes: number; totalBytes: number } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: DiskSpaceOptions,
    private readonly logger?: Logger,
  ) {}

  get state(): DiskState {
    return this.current;
  }

  /** Undefined before the first look. */
  get freeBytes(): number | undefined {
    return this.measured?.freeBytes;
  }

  get reserveBytes(): number {
    if (this.options.reserveBytes !== undefined) return this.options.reserveBytes;
    const { totalBytes = LEAST_RESERVE / MOST_SHARE } = this.measured ?? {};
    return Math.round(Math.min(Math.max(LEAST_RESERVE, totalBytes * RESERVE_SHARE), totalBytes * MOST_SHARE));
  }

  /** Looks once and then again and again. */
  async start(): Promise<void> {
    if (this.timer) return;
    this.timer = setInterval(() => void this.look(), this.options.checkEveryMs ?? 1_000);
    this.timer.unref();
    await this.look();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @throws DiskFullError */
  assertRoom(): void {
    if (this.current === 'full')
      throw new DiskFullError('the disk is almost full: the rest of it is kept for alarms and work orders');
  }

  /** Looks now. A volume that cannot be asked is not called full: writing to it will tell. */
  async look(): Promise<void> {
    try {
      this.measured = await (this.options.measure ?? measureVolume)(this.options.directory);
    } catch (error) {
      this.logger?.warn({ error: String(error) }, 'free space not known');
      return;
    }
    const { freeBytes } = this.measured;
    const reserve = this.reserveBytes;
    const fullBelow = this.current === 'full' ? reserve * BACK_AT : reserve;
    const lowBelow = this.current === 'plenty' ? reserve * LOW_AT : reserve * LOW_AT * BACK_AT;
    this.enter(freeBytes < fullBelow ? 'full' : freeBytes < lowBelow ? 'low' : 'plenty');
  }

  private enter(state: DiskState): void {
    if (this.current === state) return;
    this.current = state;
    const level = state === 'full' ? 'error' : state === 'low' ? 'warn' : 'info';
    this.logger?.[level]({ state, freeBytes: this.freeBytes, reserveBytes: this.reserveBytes }, 'disk space');
  }
}

async function measureVolume(directory: string): Promise<{ freeBytes: number; totalBytes: number }> {
  await mkdir(directory, { recursive: true });
  // `bavail`: what a process that is not root may still take.
  const { bavail, blocks, bsize } = await statfs(directory);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
