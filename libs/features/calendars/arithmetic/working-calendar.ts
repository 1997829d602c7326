import { minuteOfDay, spanLasts, type WorkingCalendarData, type WorkingSpan } from '@sc/contracts';
import { type Zone, zoneOf } from './zone.js';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A limit that is not over by then is none: nobody waits so long, and every search ends. */
export const farthestDays = 20 * 366;
/** More than the days that are searched. */
const mostRemembered = 10_000;

interface Stretch {
  from: number;
  to: number;
}

/**
 * A working calendar made ready for counting. Days are numbers since 1970-01-01 of the calendar's zone, moments are ms.
 * A night shift belongs to the day on which it begins, whatever the next day is.
 */
export class WorkingCalendar {
  private readonly zone: Zone;
  private readonly exceptions: ReadonlyMap<number, readonly WorkingSpan[]>;
  private readonly days = new Map<number, readonly Stretch[]>();

  /** @param data as its schema left it: valid, spans in order */
  constructor(private readonly data: Pick<WorkingCalendarData, 'timeZone' | 'week' | 'exceptions'>) {
    this.zone = zoneOf(data.timeZone);
    this.exceptions = new Map(data.exceptions.map(({ date, hours }) => [Date.parse(date) / day, hours]));
  }

  /** The day that `ts` lies in. */
  dayOf(ts: number): number {
    const guess = Math.floor(this.zone.localOf(ts) / day);
    // Where the clocks are set back over midnight the wall clock names yesterday twice; the day is the later one.
    return ts >= this.zone.instantOf((guess + 1) * day) ? guess + 1 : guess;
  }

  isWorked(dayNumber: number): boolean {
    return this.stretchesOf(dayNumber).length > 0;
  }

  /** When the work of that day ends; of a day without work its first moment. */
  endOf(dayNumber: number): number {
    return this.stretchesOf(dayNumber).at(-1)?.to ?? this.zone.instantOf(dayNumber * day);
  }

  /** Working ms from one moment to a later one; 0 for an earlier one. */
  between(from: number, to: number): number {
    if (to <= from) return 0;
    let sum = 0;
    this.walk(
      from,
      (stretch) => {
        if (stretch.from >= to) return true;
        sum += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
        return false;
      },
      this.dayOf(to),
    );
    return sum;
  }

  /** The first moment from `from` on by which that much work was done; a negative amount: the last one since which it was. Infinite: not within the years that are searched. */
  advance(from: number, ms: number): number {
    if (ms <= 0) return ms < 0 ? this.goBack(from, -ms) : from;
    let left = ms;
    let end = Infinity;
    this.walk(from, (stretch) => {
      const begin = Math.max(stretch.from, from);
      const lasts = Math.max(0, stretch.to - begin);
      if (lasts >= left) end = begin + left;
      left -= lasts;
      return left <= 0;
    });
    return end;
  }

  /** The end of work on the n-th worked day after the day of `from`. */
  afterDays(from: number, days: number): number {
    const first = this.dayOf(from);
    let left = days;
    for (let one = first + 1; one <= first + farthestDays; one += 1) {
      if (this.isWorked(one)) left -= 1;
      if (left <= 0) return this.endOf(one);
    }
    return Infinity;
  }

  /** Worked days after the day of `from` whose work is over at `to`. */
  daysBetween(from: number, to: number): number {
    const last = this.dayOf(to);
    let count = 0;
    for (let one = this.dayOf(from) + 1; one <= last; one += 1)
      if (this.isWorked(one) && this.endOf(one) <= to) count += 1;
    return count;
  }

  private goBack(from: number, ms: number): number {
    let left = ms;
    const last = this.dayOf(from);
    for (let one = last; one >= last - farthestDays; one -= 1)
      for (const stretch of this.stretchesOf(one).toReversed()) {
        const end = Math.min(stretch.to, from);
        const lasts = Math.max(0, end - stretch.from);
        if (lasts >= left) return end - left;
        left -= lasts;
      }
    return -Infinity;
  }

  /** Stretches that end after `from`, each ms in one of them only, until `visit` says that it is enough. */
  private walk(from: number, visit: (stretch: Stretch) => boolean, last = this.dayOf(from) + farthestDays): void {
    // Yesterday's night shift may still run.
    for (let one = this.dayOf(from) - 1; one <= last; one += 1)
      for (const stretch of this.stretchesOf(one)) if (stretch.to > from && visit(stretch)) return;
  }

  private stretchesOf(dayNumber: number): readonly Stretch[] {
    let stretches = this.days.get(dayNumber);
    if (!stretches) {
      if (this.days.size >= mostRemembered) this.days.clear();
      const hours = this.exceptions.get(dayNumber) ?? this.data.week[(((dayNumber + 3) % 7) + 7) % 7] ?? [];
      stretches = hours.map((span) => this.stretchOf(dayNumber, span)).filter(({ from, to }) => to > from);
      this.days.set(dayNumber, stretches);
    }
    return stretches;
  }

  private stretchOf(dayNumber: number, span: WorkingSpan): Stretch {
    const from = dayNumber * day + minuteOfDay(span.from) * minute;
    return { from: this.zone.instantOf(from), to: this.zone.instantOf(from + spanLasts(span) * minute) };
  }
}
