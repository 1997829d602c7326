/** The stretch that is looked up, and how many readings back. */
const length = 16;
const reach = 500;
const ring = reach + length + 1;
const [taken, values] = [0, 1] as const;
const distances = values + ring;
/** Numbers that `shape` keeps at `at`. */
export const shapeSize = distances + reach + 1;

/**
 * How far the course of the last 16 readings is from the most similar one among the last 500: a discord (Keogh et al. 2005), its squared
 * distances kept up to date by one addition and one subtraction each.
 */
export function shape(m: Float64Array, at: number, value: number): number {
  const t = m[at + taken]!++;
  const x = at + values;
  const d = at + distances;
  m[x + (t % ring)] = value;
  const furthest = Math.min(reach, t - length);
  if (furthest < length) return 0;
  // A stretch that has just become long enough is measured in full.
  if (furthest < reach) measure(m, x, d, t, furthest);
  const nearest = follow(m, x, d, t, furthest < reach ? furthest - 1 : reach);
  // Rounding adds up: each distance is measured anew once in a while.
  measure(m, x, d, t, length + (t % (furthest - length + 1)));
  return Math.sqrt(furthest < reach ? Math.min(nearest, m[d + furthest]!) : nearest);
}

/** Brings the distances of the lags up to `last` from the reading before to this one. @returns the smallest */
function follow(m: Float64Array, x: number, d: number, t: number, last: number): number {
  const now = t % ring;
  const gone = (t - length + ring) % ring;
  const [coming, going] = [m[x + now]!, m[x + gone]!];
  let nearest = Infinity;
  // Where the ring of values wraps, for the value that comes and for the one that goes, the loop is cut: inside of it nothing is asked.
  for (let from = length; from <= last;) {
    const first = x + now - (from > now ? -ring : 0);
    const second = x + gone - (from > gone ? -ring : 0);
    const to = Math.min(last, from > now ? last : now, from > gone ? last : gone);
    for (let lag = from; lag <= to; lag++) {
      const added = coming - m[first - lag]!;
      const dropped = going - m[second - lag]!;
      const distance = m[d + lag]! + added * added - dropped * dropped;
      m[d + lag] = distance;
      if (distance < nearest) nearest = distance;
    }
    from = to + 1;
  }
  return Math.max(0, nearest);
}

function measure(m: Float64Array, x: number, d: number, t: number, lag: number): void {
  let distance = 0;
  for (let i = 0; i < length; i++) {
    const difference = m[x + ((t - i) % ring)]! - m[x + ((t - lag - i) % ring)]!;
    distance += difference * difference;
  }
  m[d + lag] = distance;
}
