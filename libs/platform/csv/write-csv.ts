/** What a spreadsheet would run as a formula, or would look like one that is guarded. */
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'(?='*[=+\-@\t\r])/;

/** Stands before the first line, so that Excel reads Chinese. */
export const csvMark = '\uFEFF';

/** CSV for spreadsheets: UTF-8 with a mark; no cell is ever taken for a formula. */
export function writeCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return csvMark + [header, ...rows].map(csvLine).join('');
}

/** One line of it. Numbers and booleans are no formulas, not even negative ones. */
export function csvLine(cells: readonly (string | number | boolean)[]): string {
  return `${cells.map((value) => (typeof value === 'string' ? cell(value) : String(value))).join(',')}\r\n`;
}

/** Takes off the guard that `writeCsv` put before a cell, so that what we wrote is read as it was. */
export const unguard = (value: string): string => value.replace(guarded, '');

function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
