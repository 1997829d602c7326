import { z } from 'zod';

/** On a wall clock: `07:30`. Of which time zone is said beside it. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is HH:MM');

/** Whether this runtime knows it: an IANA name such as `Asia/Shanghai`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'is no IANA time zone');
