import type { ActiveHours } from '@sc/contracts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** With days of the week hours open at least once a week; the second week is for one that a change of the clocks swallows. */
const lookAhead = 15 * day;
/** Hours whose offset is remembered: two years and more. */
const mostOffsets = 20_000;

/** A stretch of time in which the answer is the same. */
interface Stretch {
  within: boolean;
  from: number;
  to: number;
}

/**
 * Hours of rules on the wall clock of the site. Asking Intl costs microseconds, so the offset is asked once an hour of
 * device time, and the last stretch of each rule is remembered: nearly every answer is two comparisons.
 */
export class SiteHours {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();
  private readonly stretches = new WeakMap<ActiveHours, Stretch>();

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** Whether the wall clock of the site stands within the hours at `ts` (ms). */
  include(hours: ActiveHours, ts: number): boolean {
    return this.stretch(hours, ts).within;
  }

  /** The first moment (ms) from `ts` on that lies within the hours. */
  opening(hours: ActiveHours, ts: number): number {
    const { within, to } = this.stretch(hours, ts);
    return within ? ts : to;
  }

  private stretch(hours: ActiveHours, ts: number): Stretch {
    const known = this.stretches.get(hours);
    if (known && ts >= known.from && ts < known.to) return known;
    // Opening and closing lie on whole minutes, in every zone of this century.
    const from = Math.floor(ts / minute) * minute;
    const within = this.isWithin(hours, from);
    let to = from + minute;
    while (to - from < lookAhead && this.isWithin(hours, to) === within) to += minute;
    const stretch = { within, from, to: to - from < lookAhead ? to : Infinity };
    this.stretches.set(hours, stretch);
    return stretch;
  }

  private isWithin({ from, to, days }: ActiveHours, ts: number): boolean {
    const local = ts + this.offset(ts);
    const [begin, end, now] = [minuteOf(from), minuteOf(to), Math.floor(modulo(local, day) / minute)];
    const today = weekday(local);
    const on = (weekDay: number) => !days || days.includes(weekDay);
    if (begin < end) return now >= begin && now < end && on(today);
    return (now >= begin && on(today)) || (now < end && on(today === 1 ? 7 : today - 1));
  }

  /** What the wall clock is ahead of UTC, in ms. */
  private offset(ts: number): number {
    const bucket = Math.floor(ts / hour);
    const before = this.offsetOfHour(bucket);
    // The clocks change within this hour: only then the minute matters.
    return before === this.offsetOfHour(bucket + 1) ? before : this.askIntl(ts);
  }

  private offsetOfHour(bucket: number): number {
    let offset = this.offsets.get(bucket);
    if (offset === undefined) {
      if (this.offsets.size >= mostOffsets) this.offsets.clear();
      this.offsets.set(bucket, (offset = this.askIntl(bucket * hour)));
    }
    return offset;
  }

  private askIntl(ts: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(ts)) part[type] = Number(value);
    const { year = 0, month = 1, day: dayOfMonth = 1, hour: hours = 0, minute: minutes = 0 } = part;
    return Date.UTC(year, month - 1, dayOfMonth, hours, minutes) - Math.floor(ts / minute) * minute;
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** ISO weekday; the epoch began on a Thursday. */
const weekday = (local: number): number => modulo(Math.floor(local / day) + 3, 7) + 1;
