import { WorkingCalendar } from '@sc/features/calendars';

const hour = 3_600_000;

/** Days and hours by the site's clock, changes of it included. */
export class SiteHours {
  private readonly calendars = new Map<string, WorkingCalendar>();

  constructor(private readonly timeZone: string) {}

  /** The day as a number that grows by one from midnight to midnight. */
  dayOf(at: number): number {
    return this.until('24:00').dayOf(at);
  }

  /** 1 Monday to 7 Sunday. */
  weekdayOf(day: number): number {
    // 1970-01-01 was a Thursday
    return ((((day + 3) % 7) + 7) % 7) + 1;
  }

  /** When the clock shows `HH:MM` on that day. */
  at(day: number, time: string): number {
    return time === '00:00' ? this.until('24:00').endOf(day - 1) : this.until(time).endOf(day);
  }

  /** 0 to 23. */
  hourOf(at: number): number {
    return Math.min(23, Math.floor((at - this.at(this.dayOf(at), '00:00')) / hour));
  }

  /** Days whose work ends at that time say when the clock shows it. */
  private until(to: string): WorkingCalendar {
    let calendar = this.calendars.get(to);
    if (!calendar) {
      const week = Array.from({ length: 7 }, () => [{ from: '00:00', to }]);
      calendar = new WorkingCalendar({ timeZone: this.timeZone, week, exceptions: [] });
      this.calendars.set(to, calendar);
    }
    return calendar;
  }
}
