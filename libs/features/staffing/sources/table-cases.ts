import {
  type ImportColumn,
  type Position,
  type Severity,
  severitySchema,
  slugSchema,
  staffingLimits,
  type Text,
} from '@sc/contracts';
import { readTable, type TableRow } from '@sc/platform/csv';
import { refusals } from '../refusals.js';
import type { SiteHours } from '../site-hours.js';

/** A case of a table: what the catalogue says of its category is not in it. */
export interface TableCase {
  at: number;
  areaId: string;
  category: string;
  severity: Severity;
  handlingMinutes: number | null;
  position: Position | null;
}

export interface TableProblem {
  line: number;
  column: string;
  /** A code where the table itself is wrong. */
  message: Text | string;
}

const column = (name: string, zh: string, en: string, example: string, required = true): ImportColumn => ({
  name,
  title: { 'zh-CN': zh, en },
  required,
  example,
});
/** `at` is an instant, or day and time of the site's clock. */
const columns: readonly ImportColumn[] = [
  column('at', '时间', 'At', '2026-03-02 08:15'),
  column('area', '区域编号', 'Area', 'grid-1'),
  column('category', '类别', 'Category', 'lift-fault'),
  column('severity', '级别', 'Severity', 'moderate', false),
  column('handling_minutes', '处置分钟', 'Handling minutes', '35', false),
  column('longitude', '经度', 'Longitude', '121.47', false),
  column('latitude', '纬度', 'Latitude', '31.23', false),
];
const mostProblems = 50;

/** Cases of a table by time, and what is wrong with its lines: all of them or none are used. */
export function casesOfTable(
  csv: string,
  { hours, isArea }: { hours: SiteHours; isArea: (areaId: string) => boolean },
): { cases: TableCase[]; problems: TableProblem[] } {
  const table = readTable(new TextEncoder().encode(csv), columns);
  const problems: TableProblem[] = table.errors.map(({ line, column: name, code }) => ({
    line,
    column: name,
    message: code,
  }));
  const cases: TableCase[] = [];
  for (const row of table.rows) {
    if (problems.length >= mostProblems) break;
    const cell = (name: string) => row.cells[name] ?? '';
    const wrong = (name: string, message: Text) => problems.push({ line: row.line, column: name, message });
    const at = instantOf(cell('at'), hours);
    const severity = severitySchema.safeParse(cell('severity') || 'moderate');
    const category = slugSchema.safeParse(cell('category'));
    const handling = numberOf(row, 'handling_minutes', 0.1, 10_080);
    const [longitude, latitude] = [numberOf(row, 'longitude', -180, 180), numberOf(row, 'latitude', -90, 90)];
    if (at === null) wrong('at', refusals.noInstant);
    if (!isArea(cell('area'))) wrong('area', refusals.noAreaOfYours);
    if (!category.success) wrong('category', refusals.noCode);
    if (!severity.success) wrong('severity', refusals.noSeverity);
    if (handling === undefined) wrong('handling_minutes', refusals.noMinutes);
    if (longitude === undefined || latitude === undefined || (longitude === null) !== (latitude === null))
      wrong('longitude', refusals.halfAPosition);
    if (at === null || !severity.success || !category.success) continue;
    cases.push({
      at,
      areaId: cell('area'),
      category: category.data,
      severity: severity.data,
      handlingMinutes: handling ?? null,
      position:
        longitude === null || latitude === null || longitude === undefined || latitude === undefined
          ? null
          : [longitude, latitude],
    });
  }
  if (cases.length > staffingLimits.cases)
    problems.push({ line: 0, column: '', message: refusals.tooManyCases(staffingLimits.cases) });
  return { cases: problems.length ? [] : cases.sort((a, b) => a.at - b.at), problems };
}

function instantOf(text: string, hours: SiteHours): number | null {
  const local = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (local) {
    const day = Date.parse(local[1]!) / 86_400_000;
    return Number.isFinite(day) ? hours.at(day, `${local[2]}:${local[3]}`) + Number(local[4] ?? 0) * 1000 : null;
  }
  const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  return Number.isFinite(instant) ? instant : null;
}

/** `null`: empty; `undefined`: no such number. */
function numberOf({ cells }: TableRow, name: string, least: number, greatest: number): number | null | undefined {
  const text = cells[name] ?? '';
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= least && value <= greatest ? value : undefined;
}
