import type { BackTestAlarm, BackTestResult } from '@sc/contracts';
import type { AlarmSpan } from './alarm-spans.js';
import { FirstFew } from './first-few.js';
import type { RaisedAlarms, RaisedSpan } from './raised-alarms.js';
import type { SiteDays } from './site-days.js';
import { Tally } from './tally.js';

export interface ComparisonOptions {
  from: number;
  to: number;
  days: SiteDays;
  raised: RaisedAlarms;
  /** Alarms listed of each finding, and devices listed. */
  mostAlarms: number;
  mostDevices: number;
}

type Comparing = Pick<
  BackTestResult,
  'totals' | 'days' | 'byDevice' | 'moreDevices' | 'alarms' | 'moreAlarms' | 'wasCut'
>;

/**
 * What would have been raised beside what was. An alarm counts when it begins within the range; two are the same when they
 * overlap on one device and are about one subject. Memory does not grow with the alarms of the back-test: totals count, lists are cut.
 */
export class Comparison {
  private readonly would: Tally;
  private readonly was: Tally;
  private readonly found = { both: 0, onlyNew: 0 };
  private readonly lists: Record<BackTestAlarm['found'], FirstFew<BackTestAlarm>>;

  constructor(private readonly options: ComparisonOptions) {
    this.would = new Tally(options);
    this.was = new Tally(options);
    const list = () => new FirstFew<BackTestAlarm>(options.mostAlarms, (a, b) => startOf(a) - startOf(b));
    this.lists = { 'only-new': list(), 'only-old': list(), both: list() };
  }

  /** An alarm of the back-test, once its end is known or nothing more comes. */
  add(span: AlarmSpan): void {
    const counts = this.would.add(span);
    let match: RaisedSpan | undefined;
    for (const old of this.options.raised.overlapping(span)) {
      if (!isSameSubject(old, span)) continue;
      old.matched = true;
      match = old;
    }
    if (!counts) return;
    this.found[match ? 'both' : 'onlyNew'] += 1;
    this.list(match ? 'both' : 'only-new', span, match);
  }

  result(): Comparing {
    let onlyOld = 0;
    for (const old of this.options.raised.all()) {
      const counts = this.was.add(old);
      if (!counts || old.matched) continue;
      onlyOld += 1;
      this.list('only-old', undefined, old);
    }
    const { would, was, lists } = this;
    const alarms = [...lists['only-new'].items, ...lists['only-old'].items, ...lists.both.items];
    const devices = [...new Set([...would.byDevice.keys(), ...was.byDevice.keys()])]
      .map((deviceId) => ({
        deviceId,
        would: would.byDevice.get(deviceId) ?? 0,
        was: was.byDevice.get(deviceId) ?? 0,
      }))
      .toSorted((a, b) => b.would + b.was - a.would - a.was || (a.deviceId < b.deviceId ? -1 : 1));
    return {
      totals: {
        would: would.alarms,
        was: was.alarms,
        ...this.found,
        onlyOld,
        wouldMinutes: minutes(would.ms),
        wasMinutes: minutes(was.ms),
      },
      days: this.days(),
      byDevice: devices.slice(0, this.options.mostDevices),
      moreDevices: Math.max(0, devices.length - this.options.mostDevices),
      alarms,
      moreAlarms: this.found.both + this.found.onlyNew + onlyOld - alarms.length,
      wasCut: this.options.raised.cut,
    };
  }

  private days(): BackTestResult['days'] {
    const [would, was] = [this.would.days(), this.was.days()];
    return this.options.days.names.flatMap((day, index) => {
      const [a, b] = [would[index]!, was[index]!];
      if (a.alarms + a.ms + b.alarms + b.ms === 0) return [];
      return {
        day,
        would: a.alarms,
        was: b.alarms,
        wouldMinutes: minutes(a.ms),
        wasMinutes: minutes(b.ms),
        wouldIn10Minutes: a.busiest,
        wasIn10Minutes: b.busiest,
      };
    });
  }

  private list(found: BackTestAlarm['found'], would: AlarmSpan | undefined, was: AlarmSpan | undefined): void {
    const { deviceId, subject, severity, cause } = (would ?? was)!;
    this.lists[found].add({
      found,
      deviceId,
      subject,
      severity,
      would: would ? iso(would) : null,
      was: was ? iso(was) : null,
      cause,
    });
  }
}

/** A rule that told no subjects apart, or will not any more, spoke of all of them. */
const isSameSubject = (old: AlarmSpan, span: AlarmSpan): boolean =>
  old.subject === span.subject || old.subject === '' || span.subject === '';

const startOf = ({ would, was }: BackTestAlarm): number => Date.parse((would ?? was)!.begin);

const iso = ({ begin, end }: AlarmSpan) => ({
  begin: new Date(begin).toISOString(),
  end: end === undefined ? null : new Date(end).toISOString(),
});

/** One digit is more than anybody reads. */
const minutes = (ms: number): number => Math.round(ms / 6_000) / 10;
