/** What strangers send goes into a log: short, and without control characters. */
export function printable(text: string, length: number): string {
  return text
    .slice(0, length)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '?');
}
