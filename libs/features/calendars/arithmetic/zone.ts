const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;
/** Offsets lie between −12 and +14 hours; a change of the clocks may come on top. */
const behind = 15 * hour;
const ahead = 13 * hour;
/** More than the twenty years that are searched. */
const mostRemembered = 10_000;
/** Sites have one, perhaps a few. */
const mostZones = 50;
const zones = new Map<string, Zone>();

/** What a zone remembers is worth sharing. @throws RangeError for a name that is no time zone */
export function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    if (zones.size >= mostZones) zones.clear();
    zones.set(timeZone, (zone = new Zone(timeZone)));
  }
  return zone;
}

/** The wall clock of an IANA time zone. Local times are ms as if the wall clock showed UTC. */
export class Zone {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

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

  /** What the wall clock shows at `ts`. */
  localOf(ts: number): number {
    return ts + this.offsetAt(ts);
  }

  /**
   * The first moment at which the wall clock shows `local` or later: an hour that a change of the clocks leaves out is its
   * end, one that comes twice its first coming. Never earlier for a later `local`.
   */
  instantOf(local: number): number {
    const [low, high] = [local - behind, local + ahead];
    const [before, after] = [this.offsetAt(low), this.offsetAt(high)];
    if (before === after) return local - after;
    const change = this.changeBetween(low, high, before);
    const early = local - before;
    return early < change ? early : Math.max(change, local - after);
  }

  private changeBetween(low: number, high: number, before: number): number {
    let [from, to] = [Math.floor(low / second), Math.ceil(high / second)];
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (this.askIntl(middle * second) === before) from = middle;
      else to = middle;
    }
    return to * second;
  }

  /** Asking Intl costs microseconds: a day on which the clocks stay is asked about once. */
  private offsetAt(ts: number): number {
    const start = Math.floor(ts / day) * day;
    const offset = this.remembered(start);
    return offset === this.remembered(start + day) ? offset : this.askIntl(ts);
  }

  private remembered(ts: number): number {
    let offset = this.offsets.get(ts);
    if (offset === undefined) {
      if (this.offsets.size >= mostRemembered) this.offsets.clear();
      this.offsets.set(ts, (offset = this.askIntl(ts)));
    }
    return offset;
  }

  private askIntl(ts: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(ts)) part[type] = Number(value);
    const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute = 0, second: seconds = 0 } = part;
    return Date.UTC(year, month - 1, date, hours, minute, seconds) - Math.floor(ts / second) * second;
  }
}
