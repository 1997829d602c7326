import type { Scenario } from './scenario.js';

const minute = 60_000;
const minutesOfDay = 24 * 60;

/**
 * Time of second 0 of a story, ms since the epoch: its last message is now; or, with a time of day, the newest such time of
 * the site from which the whole story lies in the past. Twice a year, where clocks are changed, it may be an hour off.
 */
export function storyStart({ steps, startsAt }: Scenario, now: number, timeZone: string): number {
  const latest = now - Math.max(...steps.map(({ atS }) => atS)) * 1000;
  if (startsAt === undefined) return latest;
  const back = minuteOfDay(siteTime(latest, timeZone)) - minuteOfDay(startsAt);
  return Math.floor(latest / minute) * minute - ((back + minutesOfDay) % minutesOfDay) * minute;
}

const siteTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
