import { ZoneOffsets } from '@sc/platform/clock';

const second = 1000;
const hour = 3_600_000;
/** Offsets lie between −12 and +14 hours; a change of the clocks may come on top. */
const behind = 15 * hour;
const ahead = 13 * hour;
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
  private readonly offsets: ZoneOffsets;

  constructor(timeZone: string) {
    this.offsets = new ZoneOffsets(timeZone);
  }

  /** What the wall clock shows at `ts`. */
  localOf(ts: number): number {
    return ts + this.offsets.at(ts);
  }

  /**
   * The first moment at which the wall clock shows `local` or later: an hour that a change of the clocks leaves out is its
   * end, one that comes twice its first coming. Never earlier for a later `local`.
   */
  instantOf(local: number): number {
    const [low, high] = [local - behind, local + ahead];
    const [before, after] = [this.offsets.at(low), this.offsets.at(high)];
    if (before === after) return local - after;
    const change = this.changeBetween(low, high, before);
    const early = local - before;
    return early < change ? early : Math.max(change, local - after);
  }

  private changeBetween(low: number, high: number, before: number): number {
    let [from, to] = [Math.floor(low / second), Math.ceil(high / second)];
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (this.offsets.ask(middle * second) === before) from = middle;
      else to = middle;
    }
    return to * second;
  }
}
