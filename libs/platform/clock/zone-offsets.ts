const second = 1000;
const day = 86_400_000;
/** More than the twenty years that calendars search. */
const mostRemembered = 10_000;

/** What the wall clock of an IANA time zone is ahead of UTC, in ms. Asking Intl costs microseconds: a day on which the clocks stay is asked about once. */
export class ZoneOffsets {
  private readonly format: Intl.DateTimeFormat;
  private readonly known = new Map<number, number>();

  /** @throws RangeError for a name that is no time zone */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  at(ts: number): number {
    return this.ofDay(Math.floor(ts / day) * day) ?? this.ask(ts);
  }

  /** Of the day (UTC) that begins at `start`; `undefined`: the clocks change on it. */
  ofDay(start: number): number | undefined {
    const offset = this.remembered(start);
    return offset === this.remembered(start + day) ? offset : undefined;
  }

  /** Of a moment that nobody will ask about again. */
  ask(ts: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(ts)) part[type] = Number(value);
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second: seconds = 0 } = part;
    return Date.UTC(year, month - 1, date, hour, minute, seconds) - Math.floor(ts / second) * second;
  }

  private remembered(ts: number): number {
    let offset = this.known.get(ts);
    if (offset === undefined) {
      if (this.known.size >= mostRemembered) this.known.clear();
      this.known.set(ts, (offset = this.ask(ts)));
    }
    return offset;
  }
}
