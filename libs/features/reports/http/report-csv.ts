import type { HourCount, JudgedAlarms, Locale, Report, ReportTable } from '@sc/contracts';
import { writeCsv } from '@sc/platform/csv';

type Table = { header: string[]; lines: string[][] };

const judgedHeader = ['alarms', 'true', 'false', 'test', 'not judged', 'precision'];
const judgedCells = ({ alarms, judgedTrue, judgedFalse, judgedTest, precision }: JudgedAlarms): string[] => [
  ...[alarms, judgedTrue, judgedFalse, judgedTest, alarms - judgedTrue - judgedFalse - judgedTest].map(String),
  precision === null ? '' : precision.toFixed(4),
];
const hours = (counts: readonly HourCount[]): Table => ({
  header: ['weekday', 'hour', 'count'],
  lines: counts.map(({ weekday, hour, count }) => [weekday, hour, count].map(String)),
});
const seconds = (value: number | null): string => (value === null ? '' : String(Math.round(value)));

const tables: Record<ReportTable, (report: Report, locale: Locale) => Table> = {
  'alarm-hours': ({ alarmHours }) => hours(alarmHours),
  'case-hours': ({ caseHours }) => hours(caseHours),
  kinds: ({ quality }) => ({
    header: ['kind', ...judgedHeader],
    lines: [...quality.kinds.map((kind) => [kind.domain, ...judgedCells(kind)]), ['*', ...judgedCells(quality.total)]],
  }),
  rules: ({ quality }, locale) => ({
    header: ['rule', 'title', 'kind', ...judgedHeader],
    lines: quality.rules.map((rule) => [rule.ruleId, rule.title[locale], rule.domain, ...judgedCells(rule)]),
  }),
  worst: ({ quality }, locale) => ({
    header: ['rule', 'title', 'device', 'name', ...judgedHeader],
    lines: quality.worst.map((pair) => [
      pair.ruleId,
      pair.title[locale],
      pair.deviceId,
      pair.deviceName,
      ...judgedCells(pair),
    ]),
  }),
  responses: ({ responses }) => ({
    header: ['measure', 'day', 'count', 'median seconds', 'p90 seconds'],
    lines: responses.flatMap(({ measure, total, pieces }) =>
      [...pieces, { ...total, day: '*' }].map(({ day, count, median, p90 }) => [
        measure,
        day,
        String(count),
        seconds(median),
        seconds(p90),
      ]),
    ),
  }),
};

/** A table of a report. `*` is all of it together; an empty value is none, not zero. */
export function reportCsv(report: Report, table: ReportTable, locale: Locale): string {
  const { header, lines } = tables[table](report, locale);
  return writeCsv(header, lines);
}
