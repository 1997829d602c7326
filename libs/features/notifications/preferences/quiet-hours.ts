import type { QuietHours } from '@sc/contracts';

const minute = 60_000;
const minutesADay = 24 * 60;
const formats = new Map<string, Intl.DateTimeFormat>();

/** When the quiet hours that hold now end, or undefined outside of them. */
export function quietUntil(now: number, quiet: QuietHours | null): number | undefined {
  if (!quiet) return undefined;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  if (!isWithin(localMinutes(now, quiet.timeZone), from, to)) return undefined;
  const passed = localMinutes(now, quiet.timeZone);
  const guess = startOfMinute(now) + ((to - passed + minutesADay) % minutesADay) * minute;
  // Where a clock change lies between, the hour on the wall is another than the one that was counted to: at most two hours off.
  const late = (localMinutes(guess, quiet.timeZone) - to + minutesADay) % minutesADay;
  const shift = late > minutesADay / 2 ? late - minutesADay : late;
  const corrected = guess - shift * minute;
  return corrected > now ? corrected : guess;
}

const isWithin = (at: number, from: number, to: number): boolean =>
  from < to ? at >= from && at < to : at >= from || at < to;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const startOfMinute = (at: number): number => Math.floor(at / minute) * minute;

function localMinutes(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    if (formats.size > 100) formats.clear();
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return minutesOf(format.format(at));
}
