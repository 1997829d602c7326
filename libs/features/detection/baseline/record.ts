/** Numbers that `record` keeps at `at`. */
export const recordSize = 19;

/** The range is that of the last 3,584 to 4,096 readings, in blocks: eight lowest and eight highest values instead of all. */
const blocks = 8;
const blockLength = 512;
const warmUp = 50;

const [seen, lowest, highest, lows] = [0, 1, 2, 3] as const;
const highs = lows + blocks;

/**
 * A value beyond all that was seen: of n readings in any order each is the greatest with chance 1/n, so a record is log₁₀ n
 * decades rare, and rarer the further it is beyond.
 */
export function record(m: Float64Array, at: number, value: number): number {
  const count = m[at + seen]!;
  const low = m[at + lowest]!;
  const high = m[at + highest]!;
  const beyond = Math.max(value - high, low - value, 0);
  remember(m, at, value, count);
  if (count < warmUp || beyond === 0) return 0;
  const relative = beyond / Math.max(high - low, beyond / 1000);
  return Math.log10(Math.min(count, blocks * blockLength)) + 2 * Math.log10(1 + 10 * relative);
}

function remember(m: Float64Array, at: number, value: number, count: number): void {
  const block = Math.floor(count / blockLength) % blocks;
  const isNew = count % blockLength === 0;
  m[at + lows + block] = isNew ? value : Math.min(value, m[at + lows + block]!);
  m[at + highs + block] = isNew ? value : Math.max(value, m[at + highs + block]!);
  m[at + seen] = count + 1;
  if (isNew) {
    const known = Math.min(Math.floor(count / blockLength) + 1, blocks);
    m[at + lowest] = Math.min(...m.subarray(at + lows, at + lows + known));
    m[at + highest] = Math.max(...m.subarray(at + highs, at + highs + known));
  } else {
    m[at + lowest] = Math.min(value, m[at + lowest]!);
    m[at + highest] = Math.max(value, m[at + highest]!);
  }
}
