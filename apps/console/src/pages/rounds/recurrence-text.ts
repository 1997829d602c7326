/** The recurrences that a form can show; any other is written as RFC 5545 text. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
export const recurrenceKinds = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type RecurrenceKind = (typeof recurrenceKinds)[number];

export interface SimpleRecurrence {
  kind: RecurrenceKind;
  /** `2026-11-22` and `22:00` on the wall of the zone. */
  day: string;
  time: string;
  weekdays: Weekday[];
  timeZone: string;
}

export function recurrenceText({ kind, day, time, weekdays: on, timeZone }: SimpleRecurrence): string {
  const start = `DTSTART;TZID=${timeZone}:${day.replaceAll('-', '')}T${time.replace(':', '')}00`;
  const sorted = weekdays.filter((one) => on.includes(one));
  return `${start}\nRRULE:FREQ=${kind}${kind === 'WEEKLY' && sorted.length ? `;BYDAY=${sorted.join(',')}` : ''}`;
}

const form = /^DTSTART;TZID=(\S+?):(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00\s+RRULE:FREQ=(\w+?)(?:;BYDAY=([A-Z,]+))?$/;

/** What the form shows of a text; `undefined`: it says more than the form can. */
export function simpleRecurrence(text: string): SimpleRecurrence | undefined {
  const [, timeZone, year, month, date, hour, minute, frequency, days] = form.exec(text.trim()) ?? [];
  const kind = recurrenceKinds.find((one) => one === frequency);
  if (!timeZone || !kind || (days && kind !== 'WEEKLY')) return undefined;
  const on = weekdays.filter((one) => days?.split(',').includes(one));
  if (days && on.join() !== days) return undefined;
  return { kind, day: `${year}-${month}-${date}`, time: `${hour}:${minute}`, weekdays: on, timeZone };
}
