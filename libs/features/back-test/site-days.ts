const dayMs = 86_400_000;

/** The days of a range on the wall clock of the site. */
export class SiteDays {
  readonly names: string[] = [];
  /** When each begins; the first with the range. */
  private readonly starts: number[] = [];
  private readonly format: Intl.DateTimeFormat;

  constructor(timeZone: string, from: number, to: number) {
    this.format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    for (let at = from; at < to; at = this.nextDay(at)) {
      this.starts.push(at);
      this.names.push(this.wallClock(at).day);
    }
  }

  /** Which day of the range this moment lies in. */
  indexOf(ts: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= ts) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** When this day of the range ends; the last one does not. */
  endOf(index: number): number {
    return this.starts[index + 1] ?? Number.POSITIVE_INFINITY;
  }

  private nextDay(ts: number): number {
    const next = ts + dayMs - this.wallClock(ts).ms;
    // On a day on which the clocks change that is an hour too early or too late.
    const { ms } = this.wallClock(next);
    return ms <= dayMs / 2 ? next - ms : next + dayMs - ms;
  }

  private wallClock(ts: number): { day: string; ms: number } {
    const part: Record<string, string> = {};
    for (const { type, value } of this.format.formatToParts(ts)) part[type] = value;
    const minutes = Number(part['hour']) * 60 + Number(part['minute']);
    return {
      day: `${part['year']}-${part['month']}-${part['day']}`,
      ms: minutes * 60_000 + (((ts % 60_000) + 60_000) % 60_000),
    };
  }
}
