import type { AlarmSpan } from './alarm-spans.js';
import type { SiteDays } from './site-days.js';

/** ISA-18.2 and EEMUA 191 count an operator's load by it. */
const loadWindowMs = 600_000;

interface DayTally {
  alarms: number;
  /** For which alarms stood, added up. */
  ms: number;
  /** Begins in the busiest 10 minutes. */
  busiest: number;
}

/** Alarms counted by day, device and ten minutes. */
export class Tally {
  alarms = 0;
  ms = 0;
  readonly byDevice = new Map<string, number>();
  private readonly perDay: DayTally[];
  private readonly windows = new Map<number, number>();

  constructor(private readonly range: { from: number; to: number; days: SiteDays }) {
    this.perDay = range.days.names.map(() => ({ alarms: 0, ms: 0, busiest: 0 }));
  }

  /** @returns whether it begins within the range, and so counts as an alarm of it */
  add({ deviceId, begin, end = this.range.to }: AlarmSpan): boolean {
    this.addTime(Math.max(begin, this.range.from), Math.min(end, this.range.to));
    if (begin < this.range.from || begin >= this.range.to) return false;
    this.alarms += 1;
    this.byDevice.set(deviceId, (this.byDevice.get(deviceId) ?? 0) + 1);
    this.perDay[this.range.days.indexOf(begin)]!.alarms += 1;
    const window = Math.floor(begin / loadWindowMs);
    this.windows.set(window, (this.windows.get(window) ?? 0) + 1);
    return true;
  }

  days(): readonly DayTally[] {
    for (const [window, count] of this.windows) {
      const day = this.perDay[this.range.days.indexOf(Math.max(window * loadWindowMs, this.range.from))]!;
      day.busiest = Math.max(day.busiest, count);
    }
    return this.perDay;
  }

  private addTime(begin: number, end: number): void {
    if (end <= begin) return;
    this.ms += end - begin;
    const { days } = this.range;
    for (let index = days.indexOf(begin), at = begin; at < end; index += 1) {
      const until = Math.min(end, days.endOf(index));
      this.perDay[index]!.ms += until - at;
      at = until;
    }
  }
}
