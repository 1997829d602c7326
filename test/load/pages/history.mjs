import { fixed, integer, table } from './table.mjs';

const questions = {
  day: 'one device, one day by minute',
  month: 'one device, thirty days by hour',
  last: 'last value of 5,000 devices',
};
const three = ({ p50, p95, max }) => [p50, p95, max].map(fixed(1));

export function historyPage({ readings, devices, probes, rows }) {
  const measured = rows.filter(({ skipped }) => !skipped);
  const times = Object.entries(questions).flatMap(([key, title]) =>
    measured.flatMap(({ name, quiet, writing }) => [
      [title, name, ...three(quiet[key])],
      ...(writing ? [[title, `${name}, while writing`, ...three(writing[key])]] : []),
    ]),
  );
  const writes = measured.map(({ name, importPerSecond, bytesPerMillion, live }) => [
    name,
    importPerSecond ? integer(importPerSecond) : '',
    fixed(1)(bytesPerMillion / 1e6),
    live ? integer(live.readingsPerSecond) : '',
    live ? `${fixed(1)(live.commitMs.p50)} / ${fixed(1)(live.commitMs.p99)}` : '',
  ]);
  const skipped = rows.filter((row) => row.skipped).map(({ name, skipped: why }) => `${name}: ${why}`);
  return [
    `${integer(readings)} readings: ${integer(devices)} devices over thirty days, stored through the platform's own adapters (\`append\`, each batch on disk before the next is counted) and asked through them; ms over ${probes} questions about random devices and days. Of ${probes} devices every reading was counted, or the run would have failed. The baseline is a plain DuckDB table, filled by SQL in the order of arrival and asked by SQL.`,
    table(['question', 'store', 'p50', 'p95', 'max'], times),
    table(
      ['', 'import, readings/s', 'disk, MB per million', 'meanwhile written, readings/s', 'its commits p50 / p99 ms'],
      writes,
    ),
    skipped.length > 0 && `Not measured: ${skipped.join('; ')}.`,
  ];
}
