export const integer = (number) => Math.round(number).toLocaleString('en-US');
export const fixed = (digits) => (number) => number.toFixed(digits);
export const percent = (digits) => (share) => `${(share * 100).toFixed(digits)} %`;

/** `median (min – max)`; of a single round its figure. */
export function show(spread, format) {
  if (!spread) return 'not measured';
  const middle = format(spread.median);
  return spread.rounds === 1 ? middle : `${middle} (${format(spread.min)} – ${format(spread.max)})`;
}

/** A table of Markdown; its columns are padded when the page is written. */
export function table(head, rows) {
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
