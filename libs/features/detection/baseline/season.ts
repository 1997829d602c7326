const hour = 3_600_000;
const week = 168 * hour;

/** An hour of readings moves what is known of it by nearly half: two such days outweigh all before. */
const memoryMs = 1.6 * hour;
/** An hour of the week is asked once it was lived through so often. */
const visitsNeeded = 3;
/** Readings over which errors are averaged. */
const errorMemory = 500;

const [readings, newest, dayError, ownDayError, weekError, compared] = [0, 1, 2, 3, 4, 5] as const;
/** Of each hour of the day: mean, deviation, whether it was seen. Of each hour of the week: the same, then visits and newest week. */
const days = 6;
const weeks = days + 24 * 3;
const perWeekHour = 4;
/** Numbers that `season` keeps at `at`. */
export const seasonSize = weeks + 168 * perWeekHour;

export interface Expectation {
  /** How many usual deviations the value is off: above 0 it is too high. */
  off: number;
  mean: number;
  deviation: number;
}

/**
 * What this hour of the day, and this hour of the week where that has proved better, is like in this series. `local` is the wall
 * clock as ms. Learning counts time, not readings: a sensor that reports each second does not forget yesterday within the hour.
 */
export function season(m: Float64Array, at: number, ts: number, local: number, value: number): Expectation | undefined {
  const hourOfWeek = Math.floor((((local % week) + week) % week) / hour);
  const day = at + days + (hourOfWeek % 24) * 3;
  const own = at + weeks + hourOfWeek * perWeekHour;
  const count = ++m[at + readings]!;
  const elapsed = count === 1 ? 300_000 : Math.min(hour, Math.max(0, ts - m[at + newest]!));
  m[at + newest] = ts;
  const share = 1 - Math.exp(-elapsed / memoryMs);
  visit(m, own, Math.floor(local / week));
  if (m[day + 2] === 0) {
    m.set([value, m[at + dayError]!, 1], day);
    if (m[own + 2] === 1) m.set([value, m[at + dayError]!], own);
    return undefined;
  }

  const error = Math.abs(value - m[day]!);
  m[at + dayError]! += Math.max(1 / count, 1 / errorMemory) * (error - m[at + dayError]!);
  const expectation = expect(value, m[day]!, m[day + 1]! + m[at + dayError]! / 2);
  if (m[own + 2]! >= visitsNeeded) preferOwn(m, at, own, value, error, expectation);
  move(m, day, value, share);
  move(m, own, value, share);
  return expectation;
}

/** Counts the weeks in which this hour was lived through; a first one begins as that hour of any day. */
function visit(m: Float64Array, own: number, thisWeek: number): void {
  if (m[own + 2]! > 0 && m[own + 3] === thisWeek) return;
  m[own + 2]!++;
  m[own + 3] = thisWeek;
}

/** Both are asked, and the hour of the week counts as much as the hour of the day once its errors are smaller. */
function preferOwn(
  m: Float64Array,
  at: number,
  own: number,
  value: number,
  error: number,
  expectation: Expectation,
): void {
  const ownError = Math.abs(value - m[own]!);
  const pace = Math.max(1 / ++m[at + compared]!, 1 / errorMemory);
  m[at + ownDayError]! += pace * (error - m[at + ownDayError]!);
  m[at + weekError]! += pace * (ownError - m[at + weekError]!);
  if (m[at + compared]! <= 24 || m[at + weekError]! >= m[at + ownDayError]!) return;
  const other = expect(value, m[own]!, m[own + 1]! + m[at + weekError]! / 2);
  const off = (Math.abs(expectation.off) + Math.abs(other.off)) / 2;
  Object.assign(expectation, other, { off: other.off < 0 ? -off : off });
}

const expect = (value: number, mean: number, deviation: number): Expectation => ({
  mean,
  deviation,
  off: value === mean ? 0 : (value - mean) / Math.max(deviation, Math.abs(value - mean) / 1e9),
});

function move(m: Float64Array, at: number, value: number, share: number): void {
  const error = Math.abs(value - m[at]!);
  m[at]! += share * (value - m[at]!);
  m[at + 1]! += share * (error - m[at + 1]!);
}
