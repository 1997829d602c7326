/** How rare a size is, learned while it is seen: numbers that `surprise` keeps at `at`. */
export const tailSize = 54;

/** The share of sizes that is called the tail. */
const tailShare = 0.02;
/** Readings over which the border of the tail follows a change. */
const memory = 4000;
/** Sizes that are only collected before anything is called rare. */
const warmUp = 50;
/** Tail sizes over which its weight is averaged. */
const mostWeight = 200;
/** One freak does not tell how heavy a tail is: what it counts for at most (e³ times the border). */
const mostExcess = 3;
const decadesAtBorder = -Math.log10(tailShare);
/** No tail is taken for so light that a hundredth beyond its border would be a miracle. */
const lightest = 0.02;
const mostDecades = 20;

const [seen, border, weight, weighed, first] = [0, 1, 2, 3, 4] as const;

/**
 * How rare a size of `e` ≥ 0 is in this series, as decades: 3 = one in a thousand. Beyond the border that 2 % of the sizes are over
 * the tail is taken for a power law whose exponent is learned (Hill 1975; for streams Siffer et al. 2017, "Anomaly Detection in
 * Streams with Extreme Value Theory"), so a series that leaps often finds a leap less strange than a calm one does. Judges by
 * what came before, then learns.
 */
export function surprise(m: Float64Array, at: number, e: number): number {
  const decades = m[at + seen]! < warmUp ? 0 : rarity(m, at, e);
  learn(m, at, e);
  return decades;
}

/** The border of the usual: about one size in fifty is over it. */
export const borderOf = (m: Float64Array, at: number): number => m[at + border]!;

function rarity(m: Float64Array, at: number, e: number): number {
  const limit = m[at + border]!;
  if (limit === 0) return e > 0 ? decadesAtBorder + 2 : 0;
  if (e <= limit) return 0;
  return Math.min(mostDecades, decadesAtBorder + Math.log10(e / limit) / m[at + weight]!);
}

function learn(m: Float64Array, at: number, e: number): void {
  const count = ++m[at + seen]!;
  if (count <= warmUp) {
    m[at + first + count - 1] = e;
    if (count === warmUp) begin(m, at);
    return;
  }
  const limit = m[at + border]!;
  const isOver = e > limit;
  if (isOver) {
    const excess = limit > 0 ? Math.min(Math.log(e / limit), mostExcess) : mostExcess;
    const share = 1 / Math.min(m[at + weighed]! + 1, mostWeight);
    m[at + weighed]!++;
    m[at + weight] = Math.max(lightest, m[at + weight]! + share * (excess - m[at + weight]!));
  }
  // A quantile by steps: up when over it, down when not, in the proportion that 2 % are over it.
  const pace = 20 * Math.max(1 / count, 1 / memory);
  if (limit > 0) m[at + border] = limit * Math.exp(pace * (isOver ? 1 - tailShare : -tailShare));
  else if (isOver) m[at + border] = e / 1000;
}

function begin(m: Float64Array, at: number): void {
  const sizes = m.subarray(at + first, at + first + warmUp).sort();
  m[at + border] = sizes[warmUp - 2]!;
  m[at + weight] = 0.5;
  m[at + weighed] = 2;
}
