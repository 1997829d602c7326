import { importColumns } from '@sc/contracts';
import { writeCsv } from '@sc/platform/csv';
import type { Entry } from '../entry.js';
import { cellsOf } from './entry-cells.js';

/** The catalogue as the table that an import takes: branches before what hangs on them. What was refused is not in it. */
export function exportCatalogue(entries: readonly Entry[]): string {
  const names = importColumns.catalogue.map(({ name }) => name);
  const rows = inOrder(entries.filter(({ state }) => state !== 'refused')).map(cellsOf);
  return writeCsv(
    names,
    rows.map((cells) => names.map((name) => cells[name]!)),
  );
}

/** Down the tree, by code. What hangs on nothing that is there comes last. */
function inOrder(entries: readonly Entry[]): Entry[] {
  const byCode = [...entries].sort((a, b) => (a.code < b.code ? -1 : 1));
  const below = Map.groupBy(byCode, ({ parent }) => parent);
  const ordered = new Set<Entry>();
  const open = [...(below.get(null) ?? [])].reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    ordered.add(next);
    open.push(...[...(below.get(next.code) ?? [])].reverse());
  }
  return [...ordered, ...byCode.filter((entry) => !ordered.has(entry))];
}
