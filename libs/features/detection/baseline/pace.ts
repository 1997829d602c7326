const [readings, fast, slow, previous] = [0, 1, 2, 3] as const;
/** Numbers that `restlessness` and `drift` keep at `at`. */
export const paceSize = 4;

/** How much more, or less, the value moves from reading to reading than it used to, as a logarithm: a spike train, a value that stands still. */
export function restlessness(m: Float64Array, at: number, value: number): number {
  const count = ++m[at + readings]!;
  const step = count === 1 ? 0 : Math.abs(value - m[at + previous]!);
  m[at + previous] = value;
  follow(m, at + fast, step, count, 0.05);
  follow(m, at + slow, step, count, 0.003);
  const usual = m[at + slow]!;
  return usual > 0 ? Math.abs(Math.log((m[at + fast]! + 0.05 * usual) / (1.05 * usual))) : 0;
}

/** How far the mean of the last hundred readings or so is from that of the last two thousand: a shift of the level. */
export function drift(m: Float64Array, at: number, value: number): number {
  const count = ++m[at + readings]!;
  follow(m, at + fast, value, count, 0.01);
  follow(m, at + slow, value, count, 0.0005);
  return Math.abs(m[at + fast]! - m[at + slow]!);
}

/** A mean of all at first, later one that forgets. */
function follow(m: Float64Array, at: number, value: number, count: number, share: number): void {
  m[at]! += Math.max(1 / count, share) * (value - m[at]!);
}
