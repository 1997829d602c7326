import type { ActiveHours } from '@sc/contracts';
import { ZoneOffsets } from '@sc/platform/clock';

const minute = 60_000;
const day = 24 * 60 * minute;
/** With days of the week hours open at least once a week; the second week is for one that a change of the clocks swallows. */
const lookAhead = 15 * day;

/** A stretch of time in which the answer is the same. */
interface Stretch {
  within: boolean;
  from: number;
  to: number;
}

/**
 * Hours of rules on the wall clock of the site. The last stretch of each rule is remembered: nearly every answer is two comparisons.
 */
export class SiteHours {
  private readonly offsets: ZoneOffsets;
  private readonly stretches = new WeakMap<ActiveHours, Stretch>();

  constructor(timeZone: string) {
    this.offsets = new ZoneOffsets(timeZone);
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

  /** The wall clock of the site at `ts`, as ms. */
  local(ts: number): number {
    return ts + this.offsets.at(ts);
  }

  private stretch(hours: ActiveHours, ts: number): Stretch {
    const known = this.stretches.get(hours);
    if (known && ts >= known.from && ts < known.to) return known;
    // Opening and closing lie on whole minutes, in every zone of this century.
    const from = Math.floor(ts / minute) * minute;
    const within = this.isWithin(hours, from);
    let to = from;
    do to = this.nextChange(hours, to);
    while (to - from < lookAhead && this.isWithin(hours, to) === within);
    const stretch = { within, from, to: to - from < lookAhead ? to : Infinity };
    this.stretches.set(hours, stretch);
    return stretch;
  }

  /** The next moment at which the answer can become another: opening, closing, midnight, or any minute of a day on which the clocks change. */
  private nextChange({ from, to }: ActiveHours, ts: number): number {
    const { offset, until } = this.offset(ts);
    const now = modulo(ts + offset, day) / minute;
    const minutes = [minuteOf(from), minuteOf(to), 24 * 60].map((at) => (at > now ? at - now : at - now + 24 * 60));
    return Math.min(ts + Math.min(...minutes) * minute, until);
  }

  private isWithin({ from, to, days }: ActiveHours, ts: number): boolean {
    const local = this.local(ts);
    const [begin, end, now] = [minuteOf(from), minuteOf(to), Math.floor(modulo(local, day) / minute)];
    const today = weekday(local);
    const on = (weekDay: number) => !days || days.includes(weekDay);
    if (begin < end) return now >= begin && now < end && on(today);
    return (now >= begin && on(today)) || (now < end && on(today === 1 ? 7 : today - 1));
  }

  /** What the wall clock is ahead of UTC, in ms, and until when that is known. */
  private offset(ts: number): { offset: number; until: number } {
    const start = Math.floor(ts / day) * day;
    const offset = this.offsets.ofDay(start);
    if (offset !== undefined) return { offset, until: start + day };
    // The clocks change on this day: only then the minute matters.
    return { offset: this.offsets.ask(ts), until: (Math.floor(ts / minute) + 1) * minute };
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** ISO weekday; the epoch began on a Thursday. */
const weekday = (local: number): number => modulo(Math.floor(local / day) + 3, 7) + 1;
