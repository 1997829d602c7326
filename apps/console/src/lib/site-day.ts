/** Days and wall-clock times of the site, wherever the reader sits. A day is `2026-11-22`, a time `06:00`. */

const dayMs = 24 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the site's clock shows, as if it stood in UTC. */
const wallOf = (at: number, timeZone: string): number => Date.parse(`${wallFormat(timeZone).format(at)}Z`);

export const dayOf = (at: number, timeZone: string): string => wallFormat(timeZone).format(at).slice(0, 10);

/** What the site's clock shows, to the minute: `2026-11-22T06:00`, as an input of a moment takes it. */
export const wallMinute = (at: number, timeZone: string): string =>
  wallFormat(timeZone).format(at).slice(0, 16).replace(' ', 'T');

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The Monday of that week. */
export const mondayOf = (day: string): string => plusDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));

/** When the site's clock shows this, epoch ms; a time that a change of the clocks leaves out is the one after it. */
export function instantOf(day: string, time: string, timeZone: string): number {
  const wall = Date.parse(`${day}T${time}Z`);
  const first = wall - (wallOf(wall, timeZone) - wall);
  const second = wall - (wallOf(first, timeZone) - first);
  return wallOf(second, timeZone) === wall ? second : Math.max(first, second);
}

/** The moment that such an input shows. */
export function fromWall(wall: string, timeZone: string): number {
  const [day = '', time = ''] = wall.split('T');
  return instantOf(day, time, timeZone);
}
