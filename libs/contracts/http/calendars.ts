import { z } from 'zod';
import { areaIdSchema, instantSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { timeOfDaySchema, timeZoneSchema } from '../wall-clock.js';

export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Hours of work on the wall clock. `to` at or before `from` lies on the next day: a night shift belongs to the day on which it begins. */
export const workingSpanSchema = z
  .object({
    from: timeOfDaySchema,
    to: z.union([timeOfDaySchema, z.literal('24:00')], 'is HH:MM, at most 24:00'),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'is its begin: a whole day is 00:00 to 24:00' });
export type WorkingSpan = z.infer<typeof workingSpanSchema>;

export const spanLasts = ({ from, to }: WorkingSpan): number => {
  const minutes = minuteOfDay(to) - minuteOfDay(from);
  return minutes > 0 ? minutes : minutes + 24 * 60;
};

/** `09:00-12:00 13:30-17:30`, as people write and read hours; nothing: a day off. */
export const hoursText = (hours: readonly WorkingSpan[]): string =>
  hours.map(({ from, to }) => `${from}-${to}`).join(' ');

/** @returns undefined for what are no hours, or hours that overlap */
export function hoursOf(text: string): WorkingSpan[] | undefined {
  const parts = text
    .trim()
    .split(/[\s,;，；、]+/)
    .filter(Boolean);
  const spans = parts.map((part) => {
    const [from = '', to = ''] = part.replaceAll('：', ':').split(/[-–—~～至]/);
    return { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
  });
  return workingHoursSchema.safeParse(spans).data;
}

/** In the order in which they begin, none into the next; empty: no work on that day. */
export const workingHoursSchema = z
  .array(workingSpanSchema)
  .max(6)
  .transform((spans) => spans.toSorted((a, b) => minuteOfDay(a.from) - minuteOfDay(b.from)))
  .refine(
    (spans) =>
      spans.every(
        (span, n) => n === 0 || minuteOfDay(spans[n - 1]!.from) + spanLasts(spans[n - 1]!) <= minuteOfDay(span.from),
      ),
    { message: 'two spans overlap' },
  );

/** A day that is not like its weekday: a holiday (no hours), or a day that is worked to make up for one. */
export const calendarExceptionSchema = z.object({
  date: z.iso.date(),
  name: z.string().trim().min(1).max(60),
  hours: workingHoursSchema,
});
export type CalendarException = z.infer<typeof calendarExceptionSchema>;

export const mostExceptions = 1000;
/** A year and a leap day: who never works so long has no calendar but a mistake in it. */
export const longestRestDays = 366;

/** When people work: what a limit in working minutes or working days counts. */
export const workingCalendarSchema = z
  .object({
    timeZone: timeZoneSchema,
    /** Monday first. */
    week: z.array(workingHoursSchema).length(7),
    exceptions: z
      .array(calendarExceptionSchema)
      .max(mostExceptions)
      .transform((days) => days.toSorted((a, b) => (a.date < b.date ? -1 : 1)))
      .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, 'names a day twice'),
  })
  .refine(({ week }) => week.some((hours) => hours.length), {
    path: ['week'],
    message: 'no day of the week is worked: a deadline would never come',
  })
  .refine((calendar) => longestRest(calendar) <= longestRestDays, {
    path: ['exceptions'],
    message: `more than ${longestRestDays} days on end without work: a deadline would not come`,
  })
  .refine(nightsEndInTime, { path: ['week'], message: 'a night runs into the hours of the next day' });
export type WorkingCalendarData = z.infer<typeof workingCalendarSchema>;

/** What the checks below look at, said without the schema that they are part of. */
interface DaysOfWork {
  week: readonly (readonly WorkingSpan[])[];
  exceptions: readonly CalendarException[];
}

const dayMs = 86_400_000;

interface Days {
  own: ReadonlyMap<number, readonly WorkingSpan[]>;
  hoursOf(day: number): readonly WorkingSpan[];
}

/** Days are numbers since the epoch, which began on a Thursday. */
const daysOf = ({ week, exceptions }: DaysOfWork): Days => {
  const own = new Map(exceptions.map(({ date, hours }) => [Date.parse(date) / dayMs, hours]));
  return { own, hoursOf: (day) => own.get(day) ?? week[(((day + 3) % 7) + 7) % 7]! };
};

/** Days on end without any work, around the exceptions; elsewhere a week that is worked rests six at most. */
function longestRest(calendar: DaysOfWork): number {
  if (!calendar.week.some((hours) => hours.length)) return 0;
  const { own, hoursOf } = daysOf(calendar);
  const seen = new Set<number>();
  let longest = 0;
  for (const day of own.keys()) {
    if (seen.has(day) || hoursOf(day).length) continue;
    let first = day;
    while (!hoursOf(first - 1).length) first -= 1;
    let last = first;
    for (; !hoursOf(last).length; last += 1) seen.add(last);
    longest = Math.max(longest, last - first);
  }
  return longest;
}

/** Whether the night of one day ends before the hours of the next begin: then each moment belongs to one day. */
function nightsEndInTime(calendar: DaysOfWork): boolean {
  const { own, hoursOf } = daysOf(calendar);
  const ordinary = Array.from({ length: 7 }, (_, day) => [calendar.week[day]!, calendar.week[(day + 1) % 7]!] as const);
  const special = [...own.keys()].flatMap((day) => [
    [hoursOf(day - 1), hoursOf(day)] as const,
    [hoursOf(day), hoursOf(day + 1)] as const,
  ]);
  return [...ordinary, ...special].every(([hours, next]) => {
    const [last, first] = [hours.at(-1), next[0]];
    return !last || !first || minuteOfDay(last.from) + spanLasts(last) <= 24 * 60 + minuteOfDay(first.from);
  });
}

/** The working calendar that holds at a place. */
export const areaCalendarSchema = z.object({
  areaId: areaIdSchema,
  areaName: textSchema,
  /** Whose it is; `null`: nobody's, work goes on around the clock in the time zone of the site. */
  ownerId: areaIdSchema.nullable(),
  ownerName: textSchema.nullable(),
  name: z.string(),
  timeZone: z.string(),
  week: z.array(z.array(workingSpanSchema)),
  exceptions: z.array(z.object({ date: z.string(), name: z.string(), hours: z.array(workingSpanSchema) })),
  /** Counts the changes of the owner's calendar; 0 where there is none. */
  revision: z.number().int(),
  updatedAt: instantSchema.nullable(),
  updatedBy: z.string().nullable(),
});
export type AreaCalendar = z.infer<typeof areaCalendarSchema>;
export const areaCalendarsSchema = z.object({ items: z.array(areaCalendarSchema) });

export const saveCalendarSchema = z.object({
  name: z.string().trim().min(1).max(80),
  calendar: workingCalendarSchema,
  /** The revision it was made from; 0: there was none. Anything else is refused as `conflict`. */
  revision: z.number().int().min(0),
});
export type SaveCalendar = z.infer<typeof saveCalendarSchema>;
