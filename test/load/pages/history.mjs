import { fixed, integer, table } from './table.mjs';

const questions = {
  day: 'one device, one day by minute',
  month: 'one device, thirty days by hour',
  last: 'last value of 5,000 devices',
};
const three = ({ p50, p95, max }) => [p50, p95, max].map(fixed(1));
const megabytes = (bytes) => (bytes === undefined ? '' : fixed(1)(bytes / 1e6));

export function historyPage({ readings, devices, probes, partWithUpkeep, rows }) {
  const measured = rows.filter(({ skipped }) => !skipped);
  const times = Object.entries(questions).flatMap(([key, title]) =>
    measured.flatMap(({ name, quiet, writing }) => [
      [title, name, ...three(quiet[key])],
      ...(writing ? [[title, `${name}, while writing`, ...three(writing[key])]] : []),
    ]),
  );
  const stores = measured.filter(({ live }) => live);
  const skipped = rows.filter((row) => row.skipped).map(({ name, skipped: why }) => `${name}: ${why}`);
  const incomplete = stores.filter((row) => row.quiet.incomplete + row.writing.incomplete > 0);
  return [
    `${integer(readings)} readings: ${integer(devices)} devices over thirty days, stored through the platform's own adapters (\`append\`, each batch on disk before the next is counted) and asked through them, after compaction and roll-ups; ms over ${probes} questions about random devices and days. Of ${probes} devices every reading was counted after each step, or the run would have failed. The baseline is a plain DuckDB table, filled by SQL in the order of arrival and asked by SQL.`,
    table(['question', 'store', 'p50', 'p95', 'max'], times),
    `"While writing": 10,000 readings/s come in, what is due is rolled up, and the first of the thirty days expires. The last ${partWithUpkeep * 100} % were imported while the others were rolled up as fast as that goes.`,
    table(
      ['readings/s', 'import', 'the same with roll-ups', 'while asked', 'its commits p50 / p99 ms', 'readings expired'],
      stores.map(({ name, importPerSecond, importWithUpkeepPerSecond, live, expiry }) => [
        name,
        integer(importPerSecond),
        integer(importWithUpkeepPerSecond),
        integer(live.readingsPerSecond),
        `${fixed(1)(live.commitMs.p50)} / ${fixed(1)(live.commitMs.p99)}`,
        integer(expiry.expired),
      ]),
    ),
    table(
      ['disk, MB per million readings', 'as they came in', 'compacted, with roll-ups', 'seconds for the rest'],
      measured.map(({ name, bytesPerMillion, compactedBytesPerMillion, compaction }) => [
        name,
        megabytes(bytesPerMillion),
        megabytes(compactedBytesPerMillion),
        compaction ? fixed(1)(compaction.seconds) : '',
      ]),
    ),
    ...stores
      .filter(({ compaction }) => !compaction.finished)
      .map(
        ({ name, compaction, meanwhile }) =>
          `${name}: rolling up was not finished within its limit, ${integer(compaction.readings + meanwhile.readings)} readings were; what is asked of the others is answered from the readings themselves.`,
      ),
    ...incomplete.map(
      ({ name, quiet, writing }) =>
        `**${name}: ${quiet.incomplete + writing.incomplete} answers lacked something** that a later answer to the same question had.`,
    ),
    ...stores.flatMap(({ name, quiet, writing }) =>
      [
        ['', quiet],
        ['while writing, ', writing],
      ].flatMap(([when, { lacking = {} }]) =>
        Object.entries(lacking).map(
          ([key, { expected, found }]) =>
            `**${name}, ${when}${questions[key]}: no answer was whole**: ${found.join(', ')} of ${expected}.`,
        ),
      ),
    ),
    skipped.length > 0 && `Not measured: ${skipped.join('; ')}.`,
  ];
}
