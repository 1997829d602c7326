/** Parts a window is remembered by, so that a device may report as often as it likes. */
const parts = 30;

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

/** The line of Theil and Sen: the median slope between all pairs, at the median height. Needs two parts. */
export function trendOf(kept: readonly TrendPart[], at: number): Trend {
  const slopes: number[] = [];
  for (const [i, later] of kept.entries())
    for (const earlier of kept.slice(0, i)) slopes.push((later.value - earlier.value) / (later.ts - earlier.ts));
  const perMs = medianOf(slopes);
  const value = medianOf(kept.map((part) => part.value + perMs * (at - part.ts)));
  const agreeing = slopes.filter((slope) => slope * perMs > 0).length;
  return { perMs, value, agreement: agreeing / slopes.length };
}

function medianOf(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
