import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bestThreshold, probation, profiles, scoreAt, worthOfRows } from '../detection/nab-score.mjs';
import { readLabelledSeries } from '../detection/series.mjs';
import { windowedGaussian } from '../detection/windowed-gaussian.mjs';
import { root } from '../platform.mjs';

const folder = join(process.env.DATASETS_DIR ?? join(root, '..', 'shared', 'data'), 'nab');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The labelled series of the Numenta benchmark: what our detector finds in them beside the benchmark's own baseline. */
export async function measureDetection({ say }) {
  const series = readLabelledSeries(folder);
  if (!series) return { skipped: `no labelled series in ${folder}` };
  const { baselineBytes, judge, newBaseline } = await import(
    pathToFileURL(join(root, 'dist/libs/features/detection/baseline/index.js')).href
  );
  const ours = () => {
    const memory = newBaseline();
    return (value, ts) => judge(memory, ts, value)?.score ?? 0;
  };
  const rows = [
    { name: 'windowed Gaussian', ...measure(series, windowedGaussian) },
    { name: 'baseline (ours)', ...measure(series, ours) },
  ];
  for (const { name, scores } of rows) say(`${name}: ${scores.standard.toFixed(1)}`);
  return {
    series: series.length,
    readings: series.reduce((sum, { values }) => sum + values.length, 0),
    windows: series.reduce((sum, { windows }) => sum + windows.length, 0),
    bytesPerSeries: baselineBytes,
    rows,
  };
}

function measure(series, makeDetector) {
  // Of the processor, not of the clock: other work does not count.
  const before = process.cpuUsage();
  const scored = series.map((one) => ({ one, scores: scoresOf(one, makeDetector()) }));
  const { user, system } = process.cpuUsage(before);
  const judged = scored.map(({ one, scores }) => ({
    family: one.family,
    windows: one.windows.length,
    rows: worthOfRows(one.timestamps, scores, one.windows),
  }));
  const best = bestThreshold(judged, profiles.standard);
  const alarms = scored.map(({ one, scores }) => alarmsOf(one, scores, best.threshold));
  const sum = (key) => alarms.reduce((total, one) => total + one[key], 0);
  return {
    scores: Object.fromEntries(
      Object.entries(profiles).map(([name, profile]) => [name, bestThreshold(judged, profile).score]),
    ),
    threshold: best.threshold,
    leftOut: leaveOneOut(judged),
    families: familiesOf(judged, best.threshold),
    found: sum('found'),
    falseAlarms: sum('false'),
    falseAlarmsPerDay: sum('false') / sum('days'),
    usPerReading: (user + system) / series.reduce((total, { values }) => total + values.length, 0),
  };
}

const scoresOf = ({ values, timestamps }, judge) => values.map((value, i) => judge(value, timestamps[i]));

/** Each series at the threshold that is best for all others: what one may expect of a series that was not there. */
function leaveOneOut(judged) {
  const parts = judged.map((one) => {
    const others = judged.filter((other) => other !== one);
    return scoreAt([one], bestThreshold(others, profiles.standard).threshold, profiles.standard);
  });
  const windows = parts.reduce((sum, part) => sum + part.windows, 0);
  return (100 * (parts.reduce((sum, { raw }) => sum + raw, 0) + windows)) / (2 * windows);
}

function familiesOf(judged, threshold) {
  return Object.entries(Object.groupBy(judged, ({ family }) => family)).map(([family, part]) => {
    const { score, windows, raw } = scoreAt(part, threshold, profiles.standard);
    return { family, series: part.length, windows, score: windows === 0 ? undefined : score, raw };
  });
}

/** As an operator counts: rows over the threshold within an hour of each other are one alarm, and a window is found once. */
function alarmsOf({ timestamps, windows }, scores, threshold) {
  const first = probation(timestamps.length);
  const found = new Set();
  let falseAlarms = 0;
  let newest = -Infinity;
  for (let i = first; i < timestamps.length; i++) {
    if (!(scores[i] >= threshold)) continue;
    const window = windows.findIndex(([from, to]) => timestamps[i] >= from && timestamps[i] <= to);
    if (window >= 0) found.add(window);
    else if (timestamps[i] - newest > hourMs) falseAlarms++;
    newest = timestamps[i];
  }
  return { found: found.size, false: falseAlarms, days: (timestamps.at(-1) - timestamps[first]) / dayMs };
}
