import type { Point } from './points.js';

/** A line of the table: a moment, and what each series says there. */
interface TableRow {
  at: number;
  values: (Point | undefined)[];
}

/** Moments of all series in order, the newest first. */
export function tableRows(series: readonly (readonly Point[])[]): TableRow[] {
  const rows = new Map<number, TableRow>();
  series.forEach((points, index) => {
    for (const point of points) {
      let row = rows.get(point.at);
      if (!row) rows.set(point.at, (row = { at: point.at, values: series.map(() => undefined) }));
      row.values[index] = point;
    }
  });
  return [...rows.values()].sort((a, b) => b.at - a.at);
}

/** A cell that a spreadsheet would run as a formula is guarded; numbers are none. */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Exactly the points that are shown, the oldest first: time (UTC), then mean, least and greatest of each series. */
export function tableCsv(rows: readonly TableRow[], names: readonly string[], windowed: boolean): string {
  const columns = names.flatMap((name) =>
    windowed ? ['mean', 'min', 'max'].map((what) => `${name} ${what}`) : [name],
  );
  const lines = rows
    .toReversed()
    .map(({ at, values }) =>
      [
        new Date(at).toISOString(),
        ...values.flatMap((point) =>
          windowed ? [number(point?.mean), number(point?.low), number(point?.high)] : [number(point?.mean)],
        ),
      ].join(','),
    );
  return `\uFEFF${[['time', ...columns].map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}
