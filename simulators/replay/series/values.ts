import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CsvError } from '../fire-csv.js';

export type ReadingValue = number | boolean | string;

/**
 * Rows of a CSV file by column. `names` are the columns that must be there.
 * @throws CsvError naming what is wrong
 */
export function readRows(file: string, names: readonly string[]): Record<string, string>[] {
  let rows: string[][];
  try {
    rows = parse(readFileSync(file, 'utf8'), {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (cause) {
    throw new CsvError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const [header, ...lines] = rows;
  const missing = names.filter((name) => !header?.includes(name));
  if (!header || missing.length) throw new CsvError(`${file}: there is no column ${missing.join(', ')}`);
  return lines.map((line) => {
    // Some tables (of R) have a number of the row before the first named column.
    const shift = line.length - header.length;
    return Object.fromEntries(header.map((name, i) => [name, line[i + Math.max(0, shift)] ?? '']));
  });
}

/** The file itself, or the one of that name in a folder. */
export const fileIn = (path: string, name: string): string => (statSync(path).isDirectory() ? join(path, name) : path);

export const baseName = (file: string): string => basename(file).replace(/\.[^.]*$/, '');

/** @throws CsvError */
export function numberIn(row: Record<string, string>, name: string, line: number): number {
  const text = row[name] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new CsvError(`line ${line + 2}: ${name} "${text}" is not a number`);
  return value;
}

/** A name as part of an id. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24) || 'x';

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * `2016-10-04 07:59:42` on the wall clock of a zone, ms since the epoch: with the zone an hour between two readings stays an
 * hour when clocks are changed. @throws CsvError
 */
export function wallClock(text: string, timeZone: string): number {
  const asUtc = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc)) throw new CsvError(`"${text}" is no date and time`);
  return asUtc - offsetAt(asUtc, timeZone);
}

function offsetAt(asUtc: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(asUtc / 3_600_000)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    let format = formats.get(timeZone);
    if (!format)
      formats.set(
        timeZone,
        (format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })),
      );
    const hour = Math.floor(asUtc / 3_600_000) * 3_600_000;
    offset = Date.parse(`${format.format(hour).replace(' ', 'T')}Z`) - hour;
    offsets.set(key, offset);
  }
  return offset;
}
