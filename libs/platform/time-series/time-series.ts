/** Injection token of the {@link TimeSeries} port. */
export const TIME_SERIES = Symbol('TimeSeries');

export type ReadingValue = number | boolean | string;

/** One value of one metric of one device at one moment. Identity: (deviceId, metric, ts); `ts` in ms since the epoch. */
export interface Reading {
  deviceId: string;
  metric: string;
  ts: number;
  value: ReadingValue;
}

export type Aggregate = 'avg' | 'min' | 'max' | 'sum' | 'count' | 'first' | 'last';

export interface ReadingQuery {
  /** At most 100 devices in one query. */
  deviceIds: readonly string[];
  metric: string;
  /** Inclusive, ms since the epoch. */
  from: number;
  /** Exclusive, ms since the epoch. */
  to: number;
  /** At most this many points per device, the earliest first; the bound of a raw answer. */
  limit: number;
}

export interface WindowQuery extends Omit<ReadingQuery, 'limit'> {
  /** Width of a window in ms; windows start at multiples of it since the epoch. */
  windowMs: number;
  aggregate: Aggregate;
}

export interface Point {
  deviceId: string;
  /** Of a reading its own time, of a window its start. */
  ts: number;
  value: ReadingValue;
}

/** What of a scan is wanted; what is left out is not asked about. */
export interface ScanFilter {
  deviceIds?: readonly string[];
  metrics?: readonly string[];
}

/** What became of a batch: each reading is counted in exactly one field. */
export interface AppendResult {
  stored: number;
  /** Same identity and same value as one already stored. */
  duplicates: number;
  /** Same identity, another value: which of the two is kept is not promised. */
  conflicts: number;
  /** Never to be stored, whatever is tried (another program gave the place another type): the store has logged why. */
  refused?: number;
}

/**
 * Where readings live. Implementations pass `timeSeriesConformance` (time-series.conformance.ts).
 * Every method rejects with a `TimeSeriesUnavailableError` when the store cannot answer now and trying again may help.
 */
export interface TimeSeries {
  /** Resolves after the readings are on disk. A batch may hold duplicates, of itself and of what is stored. */
  append(readings: readonly Reading[]): Promise<AppendResult>;
  /** Raw readings in order of (deviceId, ts). */
  read(query: ReadingQuery): Promise<Point[]>;
  /** One point per device and non-empty window, in order of (deviceId, ts). `avg`, `min`, `max`, `sum` take numbers and booleans (0/1); strings are left out. */
  aggregate(query: WindowQuery): Promise<Point[]>;
  /** The latest reading of every metric of each device. */
  last(deviceIds: readonly string[]): Promise<Reading[]>;
  /** All readings with from ≤ ts < to, of these devices and metrics, in order of ts, in chunks: what detector state is rebuilt and rules are back-tested from. */
  scan(from: number, to: number, filter?: ScanFilter): AsyncIterable<Reading[]>;
  close(): Promise<void>;
}

/** The store cannot answer now; the caller may try again. */
export class TimeSeriesUnavailableError extends Error {
  readonly code = 'time-series-unavailable';
}
