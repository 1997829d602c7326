/** What a spreadsheet would run as a formula. */
const formula = /^[=+\-@\t\r]/;
const guarded = /^'(?=[=+\-@\t\r])/;

/** CSV for spreadsheets: UTF-8 with a mark, so that Excel reads Chinese; no cell is ever taken for a formula. */
export function writeCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Takes off the guard that `writeCsv` put before a cell, so that what we wrote is read as it was. */
export const unguard = (value: string): string => value.replace(guarded, '');

function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
