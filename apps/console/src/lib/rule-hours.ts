import type { ActiveHours } from '@sc/contracts';

/** Hours of a rule as they stand on the wall clock: `22:00–06:00`, with the days of the week where it has them. */
export function ruleHours({ from, to, days }: ActiveHours, locale: string): string {
  const time = `${from}–${to}`;
  if (!days) return time;
  // 5 January 1970 was a Monday.
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const names = days.toSorted((a, b) => a - b).map((day) => name.format(Date.UTC(1970, 0, 4 + day)));
  return `${time} ${new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(names)}`;
}
