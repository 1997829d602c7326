import type { CatalogueEntry } from '@sc/contracts';

export interface EntryNode {
  key: string;
  value: string;
  title: string;
  entry: CatalogueEntry;
  children: EntryNode[];
}

/** The entries as a tree, in the reader's order; one whose branch is out of sight becomes a root. */
export function treeOf(entries: readonly CatalogueEntry[], titleOf: (entry: CatalogueEntry) => string): EntryNode[] {
  const nodes = new Map(
    entries.map((entry): [string, EntryNode] => [
      entry.code,
      { key: entry.code, value: entry.code, title: titleOf(entry), entry, children: [] },
    ]),
  );
  const roots: EntryNode[] = [];
  for (const node of nodes.values()) (nodes.get(node.entry.parent ?? '')?.children ?? roots).push(node);
  return roots;
}

/** What a text finds, in code or either language, with what it hangs on; a branch that fits brings all of it. */
export function found(entries: readonly CatalogueEntry[], search: string): CatalogueEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [...entries];
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const pathOf = (entry: CatalogueEntry): CatalogueEntry[] => {
    const path = [entry];
    for (let next = byCode.get(entry.parent ?? ''); next && !path.includes(next); next = byCode.get(next.parent ?? ''))
      path.push(next);
    return path;
  };
  const textOf = ({ code, title }: CatalogueEntry) => `${code} ${title['zh-CN']} ${title.en}`.toLowerCase();
  const kept = new Set(
    entries
      .map(pathOf)
      .filter((path) => words.every((word) => path.some((entry) => textOf(entry).includes(word))))
      .flat(),
  );
  return entries.filter((entry) => kept.has(entry));
}
