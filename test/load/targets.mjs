import { fixed, integer, percent } from './pages/table.mjs';

/**
 * What the figures are held to: ratios within one run wherever there is something to compare with. `figure` answers undefined
 * where its section is not measured, or with less than the target is about.
 */
const targets = [
  {
    id: 'throughput',
    section: 'throughput',
    title: 'embedded, beside the bare subscriber',
    target: '≥ 1.0 ×',
    figure: (sections) => variant(sections, 'distinct'),
    met: (value) => value >= 1,
    format: times,
  },
  {
    id: 'throughput-duplicates',
    section: 'throughput',
    title: 'the same with 1 % duplicates',
    target: '≥ 0.8 ×',
    figure: (sections) => variant(sections, 'duplicates'),
    met: (value) => value >= 0.8,
    format: times,
  },
  {
    id: 'external',
    section: 'external',
    title: 'external broker, beside the bare subscriber',
    target: '≥ 0.6 ×',
    figure: ({ external }) => external?.result.platform?.spreads.ratio.median,
    met: (value) => value >= 0.6,
    format: times,
  },
  {
    id: 'latency-full',
    section: 'latency',
    title: "alarm on the operator's stream at full load, p99",
    target: '< 1 s',
    figure: (sections) => p99(sections, 'full load'),
    met: (value) => value < 1000,
    format: ms,
  },
  {
    id: 'latency-1000',
    section: 'latency',
    title: 'the same at 1,000 messages/s, p99',
    target: '≤ 25 ms',
    figure: (sections) => p99(sections, '1,000 messages/s'),
    met: (value) => value <= 25,
    format: ms,
  },
  {
    id: 'connections',
    section: 'connections',
    title: '20,000 connections, memory more',
    target: '< 500 MB',
    figure: ({ connections }) =>
      connections?.result.rows.find(({ wanted }) => wanted >= 20_000)?.platform.spreads.memoryMb.median,
    met: (value) => value < 500,
    format: (value) => `${integer(value)} MB`,
  },
  {
    id: 'soak',
    section: 'soak',
    title: 'memory growth in the last half of 30 minutes',
    target: '< 5 %',
    figure: ({ soak }) => (soak?.settings.minutes >= 30 ? soak.result.growth.mb.share : undefined),
    met: (value) => value < 0.05,
    format: percent(1),
  },
  {
    id: 'history',
    section: 'history',
    title: "one device's day by minute, p95, the slower store",
    target: '< 200 ms',
    figure: ({ history }) => slowest(history, 'quiet'),
    met: (value) => value < 200,
    format: ms,
  },
  {
    id: 'history-writing',
    section: 'history',
    title: 'the same while 10,000 readings/s are written',
    target: '< 200 ms',
    figure: ({ history }) => slowest(history, 'writing'),
    met: (value) => value < 200,
    format: ms,
  },
  {
    id: 'growth-devices',
    section: 'growth',
    title: 'cost per message with 20,000 devices instead of 100',
    target: '≤ 1.2 ×',
    figure: ({ growth }) => {
      const place = growth?.result.devicesWanted.findIndex((count) => count >= 20_000) ?? -1;
      return place < 1 ? undefined : growth.result.rows[place].spreads.ratio.median;
    },
    met: (value) => value <= 1.2,
    format: times,
  },
  {
    id: 'growth-rules',
    section: 'growth',
    title: 'cost per message with 1,000 rules instead of 10',
    target: '≤ 1.2 ×',
    figure: ({ growth }) => growth?.result.rows.find(({ rules }) => rules >= 1000)?.spreads.ratio.median,
    met: (value) => value <= 1.2,
    format: times,
  },
];

/** Rows of the table of targets. @param bounds by id: what bounds a figure, written by hand */
export const targetRows = ({ sections }, bounds) =>
  targets.map(({ id, section, title, target, figure, met, format }) => {
    const value = figure(sections);
    const where = sections[section]?.contended ? ', in a contended run' : '';
    const verdict = value === undefined ? 'not measured' : `${met(value) ? 'met' : '**missed**'}${where}`;
    return [title, target, value === undefined ? '' : format(value), verdict, bounds[id] ?? ''];
  });

function times(value) {
  return `${fixed(2)(value)} ×`;
}

function ms(value) {
  return `${fixed(1)(value)} ms`;
}

const variant = ({ throughput }, name) =>
  throughput?.result.rows.find((row) => row.name === name)?.spreads.ratio?.median;

const p99 = ({ latency }, name) => latency?.result.rows.find((row) => row.name === name)?.screen.p99.median;

/** Of the platform's stores, not of the plain table. */
function slowest(history, when) {
  if (!(history?.settings.readings >= 100_000_000)) return undefined;
  const found = history.result.rows.flatMap((row) => (row.writing ? [row[when].day.p95] : []));
  return found.length > 0 ? Math.max(...found) : undefined;
}
