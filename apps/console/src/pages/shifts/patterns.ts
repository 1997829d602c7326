import { instantOf, plusDays } from '../../lib/site-day.js';

/** Times of the wall clock; one that ends before it begins ends on the next day. */
export const patterns = {
  early: ['06:00', '14:00'],
  late: ['14:00', '22:00'],
  night: ['22:00', '06:00'],
  day: ['08:00', '20:00'],
} as const;
export type Pattern = keyof typeof patterns | 'own';

/** The same shift on each of `days` days. */
export function timesOf(firstDay: string, days: number, from: string, to: string, timeZone: string) {
  return Array.from({ length: days }, (_, i) => {
    const day = plusDays(firstDay, i);
    const endDay = to > from ? day : plusDays(day, 1);
    return {
      startsAt: new Date(instantOf(day, from, timeZone)).toISOString(),
      endsAt: new Date(instantOf(endDay, to, timeZone)).toISOString(),
    };
  });
}
