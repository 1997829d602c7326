/** Parts a window is remembered by, so that a device may report as often as it likes. */
const parts = 20;

/** The readings of one part of the window, as their mean. */
export interface TrendPart {
  ts: number;
  value: number;
  readings: number;
}

/** Parts begin at fixed moments of device time, so that the memory is the same whenever it was begun. */
export const partOf = (windowMs: number): number => Math.ceil(windowMs / parts);

/** Takes one reading; whether it is the first of its part. What a window lies back is forgotten: at most `parts` + 1 stay. */
export function addTo(kept: TrendPart[], windowMs: number, ts: number, value: number): boolean {
  while (kept[0] !== undefined && kept[0].ts <= ts - windowMs) kept.shift();
  const partMs = partOf(windowMs);
  const newest = kept[kept.length - 1];
  if (newest && Math.floor(newest.ts / partMs) === Math.floor(ts / partMs)) {
    newest.readings += 1;
    newest.ts += (ts - newest.ts) / newest.readings;
    newest.value += (value - newest.value) / newest.readings;
    return false;
  }
  kept.push({ ts, value, readings: 1 });
  return true;
}

export interface Trend {
  perMs: number;
  /** Where the line through the parts is at the asked moment. */
  value: number;
  /** Share of the slopes that have the direction of the median. */
  agreement: number;
}

/** One buffer for all: a trend is asked for with every new part of every forecast, and 200 slopes are not worth garbage. */
const slopes = new Float64Array(((parts + 1) * (parts + 2)) / 2);

/** The line of Theil and Sen: the median slope between all pairs, at the median height. Needs two parts. */
export function trendOf(kept: readonly TrendPart[], at: number): Trend {
  let count = 0;
  for (let i = 1; i < kept.length; i += 1)
    for (let j = 0; j < i; j += 1) {
      const [later, earlier] = [kept[i], kept[j]];
      if (later && earlier) slopes[count++] = (later.value - earlier.value) / (later.ts - earlier.ts);
    }
  const perMs = medianOf(slopes, count);
  let agreeing = 0;
  for (let i = 0; i < count; i += 1) if ((slopes[i] ?? 0) * perMs > 0) agreeing += 1;
  kept.forEach((part, i) => (slopes[i] = part.value + perMs * (at - part.ts)));
  return { perMs, value: medianOf(slopes, kept.length), agreement: agreeing / count };
}

/** Of the first `count`, which it puts into another order: by selection, several times as fast as sorting them. */
function medianOf(values: Float64Array, count: number): number {
  const middle = count >> 1;
  const upper = select(values, count, middle);
  if (count % 2 === 1) return upper;
  let lower = -Infinity;
  for (let i = 0; i < middle; i += 1) lower = Math.max(lower, values[i] ?? lower);
  return (upper + lower) / 2;
}

/** Hoare's selection: afterwards what is less stands before `k`, what is more behind it. */
function select(values: Float64Array, count: number, k: number): number {
  let [from, to] = [0, count - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1] ?? 0;
    let [i, j] = [from, to];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1;
      while ((values[j] ?? 0) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return values[k] ?? 0;
}
