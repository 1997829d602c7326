import { dayOf, fromWall, plusDays } from '../../lib/site-day.js';

export const fixedPeriods = ['last-30', 'this-month', 'last-month', 'last-365'] as const;
export type PeriodChoice = (typeof fixedPeriods)[number] | 'custom';
export const comparisons = ['none', 'before', 'year'] as const;
export type Comparison = (typeof comparisons)[number];

/** Days of the site's clock, the last one not included. */
export interface Days {
  from: string;
  to: string;
}

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

/** What a choice means on this day. @returns `undefined` for `custom` */
export function daysOf(choice: PeriodChoice, now: number, timeZone: string): Days | undefined {
  const today = dayOf(now, timeZone);
  const tomorrow = plusDays(today, 1);
  switch (choice) {
    case 'last-30':
      return { from: plusDays(tomorrow, -30), to: tomorrow };
    case 'last-365':
      return { from: plusDays(tomorrow, -365), to: tomorrow };
    case 'this-month':
      return { from: monthOf(today), to: tomorrow };
    case 'last-month':
      return { from: monthOf(plusDays(monthOf(today), -1)), to: monthOf(today) };
    case 'custom':
      return undefined;
  }
}

/** The period beside it: as many days before it, or the same days a year ago. */
export function comparedWith({ from, to }: Days, comparison: Comparison): Days | undefined {
  if (comparison === 'none') return undefined;
  if (comparison === 'year') return { from: yearBefore(from), to: yearBefore(to) };
  const length = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return { from: plusDays(from, -length), to: from };
}

/** The 29th of February has the 28th before it. */
function yearBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return new Date(`${before}T00:00Z`).toISOString().slice(0, 10) === before ? before : `${before.slice(0, 8)}28`;
}

export const instants = ({ from, to }: Days, timeZone: string) => ({
  from: new Date(fromWall(`${from}T00:00`, timeZone)).toISOString(),
  to: new Date(fromWall(`${to}T00:00`, timeZone)).toISOString(),
});
