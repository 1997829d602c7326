import type { ReadingValue } from './time-series.js';

/** `unknown`: too old for memory, only the stored readings can tell. */
export type Verdict = 'new' | 'duplicate' | 'conflict' | 'unknown';

/**
 * A series keeps between half of this and all of it; redelivery and small disorder are then answered without touching the disk. One
 * that is asked about what it has just let go keeps twice as much, up to the second limit.
 */
const RECENT_LIMIT = 32;
const WIDEST_LIMIT = 1024;
/** So many more readings, some 24 bytes each, all series of a store together may keep. */
const SPARE_READINGS = 1_000_000;

export interface Known {
  ts: number;
  value: ReadingValue;
}

/**
 * One metric of one device, and what is known about its newest readings.
 *
 * Invariant that identity rests on: every stored reading of this series with `ts >= exactFrom` is in `recent`. So a
 * reading at or after `exactFrom` is judged exactly in memory, and in the usual case (newer than all) by one comparison.
 */
export class Series {
  /** The newest committed reading; undefined when memory does not know it (nothing was sent lately before the last start). */
  last: Known | undefined;
  /** Counts commits of readings older than `exactFrom`, so that a concurrent look-up of `last` can tell it may be stale. */
  lateCommits = 0;
  private readonly times: number[] = [];
  private readonly values: ReadingValue[] = [];
  private limit = RECENT_LIMIT;

  /**
   * @param exactFrom -Infinity for a series that nothing is stored of.
   * @param spare what all series of a store may keep beyond the usual, in readings
   */
  constructor(
    readonly id: number,
    readonly deviceId: string,
    readonly metric: string,
    private exactFrom: number,
    private readonly spare = { readings: SPARE_READINGS },
  ) {}

  /** Tells the newest stored reading of a series that was just loaded. */
  restore(newest: Known): void {
    this.times.push(newest.ts);
    this.values.push(newest.value);
    this.exactFrom = newest.ts;
    this.last = newest;
  }

  /** Judges a reading and, when it is new, remembers it: the caller must store it or throw the whole catalog away. */
  offer(ts: number, value: ReadingValue): Verdict {
    const newest = this.times.at(-1);
    if (ts < this.exactFrom) {
      if (newest !== undefined) this.widen(newest - ts, newest - this.exactFrom);
      return 'unknown';
    }
    if (newest === undefined || ts > newest) {
      this.times.push(ts);
      this.values.push(value);
      this.trim();
      return 'new';
    }
    let index = this.times.length - 1;
    while (index >= 0 && this.times[index]! > ts) index -= 1;
    if (this.times[index] === ts) return this.values[index] === value ? 'duplicate' : 'conflict';
    this.times.splice(index + 1, 0, ts);
    this.values.splice(index + 1, 0, value);
    this.trim();
    return 'new';
  }

  /** To be called after the commit of a reading that {@link offer} called new. */
  committed(ts: number, value: ReadingValue): void {
    if (this.last === undefined || ts >= this.last.ts) this.last = { ts, value };
  }

  /** To be called after the commit of a reading that was `unknown` and turned out to be new. */
  committedLate(ts: number, value: ReadingValue): void {
    this.lateCommits += 1;
    // Without a known last reading this one may still be older than one that memory has not seen.
    if (this.last && ts > this.last.ts) this.last = { ts, value };
  }

  private trim(): void {
    if (this.times.length < this.limit) return;
    this.times.splice(0, this.limit / 2);
    this.values.splice(0, this.limit / 2);
    this.exactFrom = this.times[0]!;
  }

  /** Keeps more from now on, where that would have answered: not for what a device kept for hours while it had no network. */
  private widen(age: number, known: number): void {
    // What it keeps since it was last widened has to show first whether that is enough.
    if (this.times.length < this.limit / 2 || this.limit >= WIDEST_LIMIT) return;
    const needed = (age / known) * this.times.length;
    if (needed > WIDEST_LIMIT / 2 || this.spare.readings < this.limit) return;
    this.spare.readings -= this.limit;
    this.limit *= 2;
  }
}

/** All series by device and metric. Grows with the number of devices and metrics, not with readings. */
export class SeriesCatalog {
  private readonly byDevice = new Map<string, Map<string, Series>>();
  private readonly byId = new Map<number, Series>();
  private readonly spare = { readings: SPARE_READINGS };
  private nextId = 1;

  find(deviceId: string, metric: string): Series | undefined {
    return this.byDevice.get(deviceId)?.get(metric);
  }

  get(id: number): Series | undefined {
    return this.byId.get(id);
  }

  ofDevice(deviceId: string): Series[] {
    return [...(this.byDevice.get(deviceId.toWellFormed())?.values() ?? [])];
  }

  all(): Iterable<Series> {
    return this.byId.values();
  }

  add(deviceId: string, metric: string, exactFrom: number, id = this.nextId): Series {
    const series = new Series(id, deviceId, metric, exactFrom, this.spare);
    let metrics = this.byDevice.get(deviceId);
    if (!metrics) this.byDevice.set(deviceId, (metrics = new Map<string, Series>()));
    metrics.set(metric, series);
    this.byId.set(id, series);
    this.nextId = Math.max(this.nextId, id + 1);
    return series;
  }
}
