import type { ImportRow } from '@sc/contracts';

/** Rows of one statement: PostgreSQL takes at most 65,535 parameters. */
const rowsPerStatement = 1000;

export function* chunksOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

/** Which cells differ; both sides have the same columns. */
export const changesOf = (before: Record<string, string>, after: Record<string, string>): ImportRow['changes'] =>
  Object.keys(after)
    .filter((column) => before[column] !== after[column])
    .map((column) => ({ column, from: before[column] ?? '', to: after[column] ?? '' }));

/** One of the contract's own words, however it is cased, or the word people use for it. */
export function wordOf<T extends string>(
  cell: string | undefined,
  values: readonly T[],
  words: Readonly<Record<string, T>>,
): T | undefined {
  const text = (cell ?? '').toLowerCase().replaceAll(' ', '-');
  return values.find((value) => value.toLowerCase() === text) ?? words[cell ?? ''];
}

/** Words with blanks or commas between them, each once. */
export const wordsOf = (cell: string | null): string[] => [
  ...new Set((cell ?? '').split(/[\s,，、;；]+/).filter(Boolean)),
];
