import type { TimeSeries } from './time-series.js';

/** Injection token of the {@link MaintainedTimeSeries} of the process that writes readings. */
export const TIME_SERIES_LIFE = Symbol('TimeSeriesLife');

/** How long what a series tells is kept, in ms: each reading, its roll-up by the minute, its roll-up by the hour. */
export interface SeriesRetention {
  rawMs: number;
  minuteMs: number;
  hourMs: number;
}

export interface Maintenance {
  /** Ms since the epoch; what is closed and what has expired is judged by it. */
  now: number;
  /** The same object for series that are kept alike: they are deleted together. */
  retentionOf: (deviceId: string, metric: string) => SeriesRetention;
  /** Ends a step early. */
  signal?: AbortSignal;
}

/** What one step did. `compacted`: readings rolled up (and, where the store needs it, put in order); `expired`: deleted. */
export interface MaintenanceStep {
  did: 'compacted' | 'expired';
  readings: number;
  /** Rows of roll-ups that were written or deleted. */
  rollUps: number;
}

export interface TimeSeriesUsage {
  /** Raw readings that are stored; undefined where counting would cost more than it is worth. */
  readings?: number;
  /** Rows of roll-ups. */
  rollUps?: number;
  /** Bytes of the file and its log; undefined where they are on another machine. */
  fileBytes?: number;
  /** Bytes in the file that hold something; the rest is used again before the file grows. */
  usedBytes?: number;
  /** Bytes of memory the store's engine keeps in this process, of those it may take. */
  memoryBytes?: number;
}

/** A store whose readings are rolled up, put in order and deleted when they expire. Everything happens behind the writer. */
export interface MaintainedTimeSeries extends TimeSeries {
  /**
   * One bounded step of rolling up; undefined when nothing is due. A crash at any moment leaves every reading once, in the
   * answers of `aggregate` too. @throws TimeSeriesUnavailableError
   */
  compact(maintenance: Maintenance): Promise<MaintenanceStep | undefined>;
  /** One bounded step of deleting what is older than its retention; undefined when nothing is. @throws TimeSeriesUnavailableError */
  expire(maintenance: Maintenance): Promise<MaintenanceStep | undefined>;
  /** @throws TimeSeriesUnavailableError */
  usage(): Promise<TimeSeriesUsage>;
}
