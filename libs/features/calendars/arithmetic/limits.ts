import type { Light, StepLimit } from '@sc/contracts';
import type { WorkingCalendar } from './working-calendar.js';

const minute = 60_000;
/** Where the light changes from normal to warning (GB/T 30428 practice: 80 %). */
const warnShare = 0.8;

/** In whose time a limit is counted. `minutes` never ask the calendar. */
export type Unit = StepLimit['unit'];

/**
 * When a limit that begins at `start` is over. Working minutes: as soon as that much work was possible. n working days: the end of work on the n-th worked
 * day after the day of the start, which is not counted (Civil Code of the PRC, art. 201 and 203). Infinite: more than twenty years away.
 */
export function dueAt(start: number, { amount, unit }: StepLimit, calendar: WorkingCalendar): number {
  if (unit === 'minutes') return start + amount * minute;
  return unit === 'working-days' ? calendar.afterDays(start, amount) : calendar.advance(start, amount * minute);
}

/** How much of a limit has gone from one moment to a later one, in its unit: minutes with fractions, whole days. */
export function elapsed(from: number, to: number, unit: Unit, calendar: WorkingCalendar): number {
  if (unit === 'working-days') return to <= from ? 0 : calendar.daysBetween(from, to);
  return countedMs(from, to, unit, calendar) / minute;
}

/** What counts of the time between two moments: all of it for minutes, the working time for the others. */
export const countedMs = (from: number, to: number, unit: Unit, calendar: WorkingCalendar): number =>
  unit === 'minutes' ? Math.max(0, to - from) : calendar.between(from, to);

/** The moment that much counted time later, or earlier for a negative amount. */
export const later = (from: number, ms: number, unit: Unit, calendar: WorkingCalendar): number =>
  unit === 'minutes' ? from + ms : calendar.advance(from, ms);

/** When four fifths of a limit are gone, `total` counted ms long and over at `due`. */
export const warnShareOf = (total: number): number => Math.round(total * warnShare);

/** What stands beside an order now. */
export function light(clock: { warnAt: number | null; dueAt: number | null }, now: number): Light {
  if (clock.dueAt === null) return 'none';
  if (now >= clock.dueAt) return 'overdue';
  return clock.warnAt !== null && now >= clock.warnAt ? 'warning' : 'normal';
}
