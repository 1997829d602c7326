/** The first day of a month, so many months before the month that holds the last of these days (`to` is not included). */
export function monthsBefore(to: string, months: number): string {
  const last = new Date(Date.parse(`${to}T00:00Z`) - 86_400_000);
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - months + 1, 1)).toISOString().slice(0, 10);
}
