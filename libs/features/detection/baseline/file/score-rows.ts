import { parse } from 'csv-parse/sync';
import { judge, newBaseline } from '../baseline.js';
import { momentOf } from './times.js';

/** Something in the file that a person has to mend; `line` counts from 1. */
export class RowError extends Error {
  constructor(
    readonly line: number,
    readonly problem: string,
  ) {
    super(`line ${line}: ${problem}`);
  }
}

export interface ScoredRows {
  /** `timestamp,value,anomaly_score`: the header and each row of the file, in its order. */
  lines: string[];
  rows: number;
  /** Rows that are not newer than one before them: they change nothing and score 0. */
  late: number;
  /** Rows without a value: they score 0. */
  empty: number;
}

const noValue = new Set(['', 'nan', 'null', 'na']);

/**
 * Scores each row of a CSV with the columns `timestamp` and `value` by the rows before it.
 * @throws RowError
 */
export function scoreRows(text: string): ScoredRows {
  const [head, ...records] = recordsOf(text);
  const columns = head?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const [at, of] = [columns.indexOf('timestamp'), columns.indexOf('value')];
  if (at < 0 || of < 0)
    throw new RowError(1, 'names no columns "timestamp" and "value"; write the header timestamp,value there');
  const memory = newBaseline();
  const scored: ScoredRows = { lines: ['timestamp,value,anomaly_score'], rows: 0, late: 0, empty: 0 };
  for (const { record, line } of records) {
    if (record.length === 1 && record[0]?.trim() === '') continue;
    const [timestamp = '', value = ''] = [record[at]?.trim(), record[of]?.trim()];
    scored.rows++;
    scored.lines.push(`${quoted(timestamp)},${quoted(value)},${scoreOf(memory, timestamp, value, line, scored)}`);
  }
  if (scored.rows === 0) throw new RowError(2, 'there is no row below the header; give at least one reading');
  return scored;
}

function scoreOf(memory: Float64Array, timestamp: string, value: string, line: number, scored: ScoredRows): string {
  const moment = momentOf(timestamp);
  if (!moment)
    throw new RowError(
      line,
      `"${shown(timestamp)}" is no time; write it like 2014-04-01 00:00:00 or 2014-04-01T00:00:00Z`,
    );
  if (noValue.has(value.toLowerCase())) {
    scored.empty++;
    return '0';
  }
  const number = Number(value);
  if (!Number.isFinite(number))
    throw new RowError(
      line,
      `"${shown(value)}" is no number; write it like 12.5, or leave it empty when there was no reading`,
    );
  const judgement = judge(memory, moment.ts, number, moment.local);
  if (!judgement) scored.late++;
  return judgement ? String(Number(judgement.score.toFixed(6))) : '0';
}

function recordsOf(text: string): { record: string[]; line: number }[] {
  try {
    const options = { bom: true, relax_column_count: true, info: true, skip_empty_lines: true } as const;
    const rows = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    throw new RowError(lines ?? 1, `is no CSV: ${message}; mend or remove the line`);
  }
}

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
