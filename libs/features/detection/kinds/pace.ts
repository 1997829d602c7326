/** Readings a window is remembered by; so is how exactly its far end is known. */
const slices = 60;

/** What is remembered of one series to tell its pace: at most `slices` + 2 points, however often it reports. Plain JSON; 0 is "never". */
export interface PaceState {
  lastTs: number;
  /** Oldest first. Of each slice of device time the first reading, and of those a window old or older only the newest. */
  points: { ts: number; value: number }[];
}

export interface Pace {
  /** Units a minute, falling below 0. */
  perMinute: number;
  /** A whole window is known. If not, what is missing counted as no change. */
  whole: boolean;
}

export const newPace = (): PaceState => ({ lastTs: 0, points: [] });

/** Slices begin at fixed moments of device time, so that the memory is the same whenever it was begun. */
export const sliceOf = (windowMs: number): number => Math.ceil(windowMs / slices);

/**
 * Takes one reading and tells the pace up to it: the newest value less the one at the window's far end. `undefined`: it is late or
 * repeated (nothing is changed), or the first after a start or a hole of more than `maxGapMs`.
 */
export function paceOf(
  state: PaceState,
  { windowMs, maxGapMs }: { windowMs: number; maxGapMs: number },
  ts: number,
  value: number,
): Pace | undefined {
  if (ts <= state.lastTs) return undefined;
  if (ts - state.lastTs > maxGapMs) state.points = [];
  state.lastTs = ts;
  const { points } = state;
  const farEnd = ts - windowMs;
  while (points[1] !== undefined && points[1].ts <= farEnd) points.shift();
  const [far] = points;
  const newest = points[points.length - 1];
  const sliceMs = sliceOf(windowMs);
  if (!newest || Math.floor(ts / sliceMs) !== Math.floor(newest.ts / sliceMs)) points.push({ ts, value });
  if (!far) return undefined;
  const elapsedMs = ts - far.ts;
  return { perMinute: ((value - far.value) / Math.max(elapsedMs, windowMs)) * 60_000, whole: elapsedMs >= windowMs };
}
