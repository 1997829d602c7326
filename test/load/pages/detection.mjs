import { fixed, integer, table } from './table.mjs';

const one = fixed(1);

export function detectionPage({ skipped, series, readings, windows, bytesPerSeries, rows }) {
  if (skipped) return [`Not measured: ${skipped}.`];
  const line = (title, show) => [title, ...rows.map(show)];
  const families = rows[0].families.map(({ family, series: count, windows: labelled }, i) =>
    line(`${family}: ${count} series, ${labelled} windows`, (row) =>
      row.families[i].score === undefined ? `costs ${fixed(2)(-row.families[i].raw)}` : one(row.families[i].score),
    ),
  );
  return [
    `${series} labelled series of the Numenta Anomaly Benchmark (${integer(readings)} readings, ${windows} labelled windows), scored by its rules in an implementation of our own: 0 is a detector that says nothing, 100 a perfect one; one threshold for all series, the one that scores best. The published figures (windowed Gaussian 39.6, HTM 70.5) are of all 58 series, of which these are the Amazon and the artificial ones. A false alarm is what an operator would count: rows over the threshold within an hour are one.`,
    table(
      ['', ...rows.map(({ name }) => name)],
      [
        line('score, standard', ({ scores }) => one(scores.standard)),
        line('score, few false alarms', ({ scores }) => one(scores.lowFalsePositives)),
        line('score, few misses', ({ scores }) => one(scores.lowMisses)),
        line('score, each series at the threshold of the others', ({ leftOut }) => one(leftOut)),
        ...families,
        line('windows found', ({ found }) => `${found} of ${windows}`),
        line('false alarms per day and series', ({ falseAlarmsPerDay }) => fixed(3)(falseAlarmsPerDay)),
        line('µs of processor time per reading', ({ usPerReading }) => one(usPerReading)),
        line('bytes per series', ({ name }) => (name.includes('ours') ? integer(bytesPerSeries) : '51,200 and more')),
      ],
    ),
  ];
}
