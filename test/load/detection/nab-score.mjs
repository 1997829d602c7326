/**
 * The score of the Numenta Anomaly Benchmark (numenta/NAB, v1.1: sweeper.py, scorer.py, config/profiles.json), written anew from its
 * description: Lavin & Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms". One threshold for the whole corpus, the one
 * that scores best; each window counts once, by how early in it the first row over the threshold lies; each row over the
 * threshold outside of a window costs, less when it follows a window closely.
 */
export const profiles = {
  standard: { falsePositive: 0.11, missed: 1 },
  lowFalsePositives: { falsePositive: 0.22, missed: 1 },
  lowMisses: { falsePositive: 0.11, missed: 2 },
};

/** Rows at the start in which a detector learns: nothing counts there. */
export const probation = (rows) => Math.floor(0.15 * Math.min(rows, 5000));

/**
 * What each row is worth when it is over the threshold. `timestamps` and `windows` are ms; windows in order.
 * @returns {{ score: number, window: number, worth: number }[]} of rows after probation; `window` -1 is outside of all
 */
export function worthOfRows(timestamps, scores, windows) {
  const rows = [];
  let next = 0;
  let left = -1;
  let right = -1;
  let previous;
  for (let i = 0; i < timestamps.length; i++) {
    if (right < 0 && next < windows.length && timestamps[i] === windows[next][0]) {
      left = i;
      right = timestamps.indexOf(windows[next][1]);
      next++;
    }
    const window = right < 0 ? -1 : next - 1;
    if (i >= probation(timestamps.length))
      rows.push({ score: scores[i], window, worth: right < 0 ? costAfter(previous, i) : worthInside(left, right, i) });
    if (i === right) {
      previous = { right, width: right - left + 1 };
      right = -1;
    }
  }
  return rows;
}

const worthInside = (left, right, i) => sigmoid(-(right - i + 1) / (right - left + 1)) / sigmoid(-1);

const costAfter = (previous, i) => (previous ? sigmoid((i - previous.right) / (previous.width - 1)) : -1);

/** 1 far before the end of a window, 0 at its end, -1 long after it. */
const sigmoid = (x) => (x >= 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1);

/**
 * @param series {{ rows: ReturnType<typeof worthOfRows>, windows: number }[]}
 * @returns the best threshold of the corpus and its score: 0 is a detector that says nothing, 100 one that is perfect
 */
export function bestThreshold(series, profile) {
  const rows = series.flatMap(({ rows }, of) => rows.map((row) => ({ ...row, of }))).sort((a, b) => b.score - a.score);
  const windows = series.reduce((sum, one) => sum + one.windows, 0);
  const taken = new Map();
  let raw = -windows * profile.missed;
  let best = { threshold: Infinity, raw };
  for (let i = 0; i < rows.length; i++) {
    raw += gain(rows[i], taken, profile);
    if (rows[i].score !== rows[i + 1]?.score && raw > best.raw) best = { threshold: rows[i].score, raw };
  }
  return { threshold: best.threshold, score: normalised(best.raw, windows, profile) };
}

/** The score of some series at a threshold that was found elsewhere. */
export function scoreAt(series, threshold, profile) {
  const windows = series.reduce((sum, one) => sum + one.windows, 0);
  let raw = -windows * profile.missed;
  for (const { rows } of series) {
    const taken = new Map();
    for (const row of rows) if (row.score >= threshold) raw += gain({ ...row, of: 0 }, taken, profile);
  }
  return { raw, windows, score: normalised(raw, windows, profile) };
}

function gain({ of, window, worth }, taken, { falsePositive, missed }) {
  if (window < 0) return worth * falsePositive;
  const key = of * 1000 + window;
  const before = taken.get(key) ?? -missed;
  if (worth <= before) return 0;
  taken.set(key, worth);
  return worth - before;
}

const normalised = (raw, windows, { missed }) =>
  windows === 0 ? 0 : (100 * (raw + windows * missed)) / (windows * (1 + missed));
