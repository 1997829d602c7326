import type { CatalogueQuery } from '@sc/contracts';
import type { EntryRow } from '../entry.js';

/**
 * Those that a query asks for, and what they hang on. A branch whose title fits brings all that hangs on it.
 * @param place ids from the root down to where a case is to be made
 */
export function matching<R extends EntryRow>(
  rows: readonly R[],
  { q, state, usableIn }: CatalogueQuery,
  place: readonly string[] = [],
): R[] {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const above = (row: R): R[] => {
    const found: R[] = [];
    for (let next = byCode.get(row.parent ?? ''); next && !found.includes(next); next = byCode.get(next.parent ?? ''))
      found.push(next);
    return found;
  };
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row: R) =>
    (state === undefined || row.state === state) &&
    (usableIn === undefined || (row.asked !== null && isUsable(row, place))) &&
    words.every((word) => [row, ...above(row)].some((one) => textOf(one).includes(word)));
  const kept = new Set(rows.filter(fits).flatMap((row) => [row, ...above(row)]));
  return rows.filter((row) => kept.has(row));
}

const isUsable = ({ state, areaId }: EntryRow, place: readonly string[]): boolean =>
  state === 'active' && (areaId === null || place.includes(areaId));

const textOf = ({ code, title }: EntryRow): string => `${code} ${title['zh-CN']} ${title.en}`.toLowerCase();
