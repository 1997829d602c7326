import type { ImportColumn, ImportError } from '@sc/contracts';
import { CsvError, parse } from 'csv-parse/sync';
import { decode } from './decode.js';
import { unguard } from './write-csv.js';

export interface TableRow {
  /** As a spreadsheet counts; the header is line 1. */
  line: number;
  /** By column name, trimmed; `undefined` when the file has no such column. */
  cells: Record<string, string | undefined>;
}

export interface Table {
  encoding: string;
  delimiter: string;
  rows: TableRow[];
  errors: ImportError[];
}

const mostRows = 20_000;
const delimiters = [',', ';', '\t'];

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** Reads a table as people send it; what is wrong with the file as a whole is among the errors. */
export function readTable(bytes: Uint8Array, columns: readonly ImportColumn[]): Table {
  const decoded = decode(bytes);
  if (!decoded) return failed('', ',', 'not-text');
  const { text, encoding } = decoded;
  const delimiter = delimiterOf(text);
  let records: Parsed[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: mostRows + 2,
    }) as unknown as Parsed[];
  } catch (error) {
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 0;
    return failed(encoding, delimiter, 'malformed', line);
  }
  const [header, ...body] = records;
  // Spreadsheets leave lines of nothing but separators behind.
  const filled = body.filter(({ record }) => record.some((cell) => cell !== ''));
  if (!header || filled.length === 0) return failed(encoding, delimiter, 'no-rows');
  if (filled.length > mostRows) return failed(encoding, delimiter, 'too-many-rows', 0, String(mostRows));
  const { names, errors } = matchHeader(header.record, columns);
  const rows = errors.length ? [] : filled.map((parsed) => toRow(parsed, names));
  return { encoding, delimiter, rows, errors };
}

/** The separator that the first line has most of. */
function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counted = delimiters.map((delimiter) => [delimiter, first.split(delimiter).length] as const);
  return counted.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function matchHeader(header: string[], columns: readonly ImportColumn[]): { names: string[]; errors: ImportError[] } {
  const byTitle = new Map(
    columns.flatMap((c) => [c.name, c.title['zh-CN'], c.title.en].map((title) => [plain(title), c.name])),
  );
  const names = header.map((title) => byTitle.get(plain(title)) ?? '');
  const errors: ImportError[] = header
    .map((value, i) => ({ line: 1, column: value, code: 'unknown-column' as const, value, known: names[i] !== '' }))
    .filter(({ known, value }) => !known && value !== '')
    .map(({ known: _, ...error }) => error);
  for (const { name, required } of columns) {
    if (required && !names.includes(name)) errors.push({ line: 1, column: name, code: 'missing-column', value: '' });
    if (names.filter((other) => other === name).length > 1)
      errors.push({ line: 1, column: name, code: 'duplicate', value: name });
  }
  return { names, errors };
}

const plain = (title: string): string => title.toLowerCase().replace(/[\s_*]+/g, '');

function toRow({ record, info }: Parsed, names: string[]): TableRow {
  const cells: TableRow['cells'] = {};
  names.forEach((name, i) => {
    if (name) cells[name] = unguard(record[i] ?? '');
  });
  // The parser counts to the end of the record; people look for its first line.
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  return { line: info.lines - breaks, cells };
}

const failed = (encoding: string, delimiter: string, code: ImportError['code'], line = 0, value = ''): Table => ({
  encoding,
  delimiter,
  rows: [],
  errors: [{ line, column: '', code, value }],
});
