const dayMs = 24 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the wall clock of a zone is ahead of UTC at a moment, in ms. */
function offsetAt(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
    formats.set(timeZone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

/** Days since 1970 of a calendar day `YYYY-MM-DD`: they can be counted, whatever the clocks do. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The calendar day of a moment in a zone. */
export const dayAt = (at: number, timeZone: string): number => Math.floor((at + offsetAt(at, timeZone)) / dayMs);

/** What the wall clock of a zone shows at a moment: `2026-10-01 08:00`. */
export const wallText = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16).replace('T', ' ');

/**
 * The moment at which the wall clock shows a time (minutes after midnight) of a day. An hour that comes twice is meant the first
 * time; one that the clocks leave out is as much later as they jump.
 */
export function momentOf(day: number, minutes: number, timeZone: string): number {
  const local = day * dayMs + minutes * 60_000;
  const [before, after] = [offsetAt(local - dayMs, timeZone), offsetAt(local + dayMs, timeZone)];
  const first = local - before;
  if (before === after || offsetAt(first, timeZone) === before) return first;
  const second = local - after;
  return offsetAt(second, timeZone) === after ? second : first;
}
