import type { Reading, ReadingQuery, WindowQuery } from './time-series.js';

/** Most devices in one query. */
export const MAX_QUERY_DEVICES = 100;
/** Most points of one aggregate answer; more is a window chosen too small, and would be memory without a bound. */
export const MAX_POINTS = 1_000_000;

/** @throws RangeError for what no store could keep: it is a mistake of the caller and trying again never helps. */
export function assertReadings(readings: readonly Reading[]): void {
  for (const { ts, value } of readings) {
    if (!Number.isSafeInteger(ts)) throw new RangeError('a reading needs its time in whole milliseconds');
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a reading needs a finite number');
  }
}

/** @throws RangeError */
export function assertReadingQuery(query: ReadingQuery): void {
  assertDevices(query.deviceIds);
  if (!Number.isSafeInteger(query.limit) || query.limit < 1)
    throw new RangeError('limit must be a positive whole number');
}

/** @throws RangeError */
export function assertWindowQuery(query: WindowQuery): void {
  assertDevices(query.deviceIds);
  if (!Number.isSafeInteger(query.windowMs) || query.windowMs < 1) {
    throw new RangeError('windowMs must be a positive whole number');
  }
}

/** @throws RangeError */
export function assertPointCount(count: number): void {
  if (count > MAX_POINTS)
    throw new RangeError(`more than ${MAX_POINTS} points: choose a wider window or a shorter time`);
}

function assertDevices(deviceIds: readonly string[]): void {
  if (deviceIds.length > MAX_QUERY_DEVICES) throw new RangeError(`at most ${MAX_QUERY_DEVICES} devices in one query`);
}

/** Stores hold UTF-8, which has no lone surrogates: without this a name would come back as another one. */
export function wellFormed(reading: Reading): Reading {
  const { deviceId, metric, ts, value } = reading;
  return {
    deviceId: deviceId.toWellFormed(),
    metric: metric.toWellFormed(),
    ts,
    value: typeof value === 'string' ? value.toWellFormed() : value,
  };
}
