import type { ActiveHours, Condition } from '@sc/contracts';
import fc from 'fast-check';
import {
  byEvents,
  byMetric,
  event,
  forecast,
  held,
  rate,
  ratio,
  sequenceOf,
  signals,
  silence,
  stuck,
  threshold,
  unit,
} from './arbitrary.spec-support.js';
import type { DetectionInput } from './types.js';

/** Rules, places in the world and days of one device: what properties about restarts are drawn from. */

// That a metric changed is known by what it was before, and that only for a day, unless it says all by itself.
const sequence = fc.oneof(
  sequenceOf(byEvents),
  sequenceOf({
    ...byMetric,
    expect: signals({ metric: 'open', value: false }),
    clearOn: fc.constant(undefined),
  }).filter(({ order }) => order === 'after'),
);
const baseline = fc.record({
  kind: fc.constant('baseline' as const),
  metric: fc.constant('m'),
  direction: fc.constantFrom('both' as const, 'above' as const),
  raiseAt: fc.constantFrom(0.3, 0.5),
  clearAt: fc.constantFrom(0.1, 0.3),
  onDelayMs: fc.constantFrom(0, unit),
  offDelayMs: fc.constantFrom(0, 3 * unit),
  maxGapMs: fc.constant(6 * unit),
  learnMs: fc.constant(6 * unit),
});
/** Of every kind but groups, which have properties of their own. */
export const conditions = {
  ...{ threshold, ratio, rate, stuck, forecast, sequence, event, held, silence, baseline },
} satisfies Record<string, fc.Arbitrary<Condition>>;

/** Within a day and over midnight, on some days, and such as the clocks skip once a year. */
export const hours = fc.option(
  fc.constantFrom<ActiveHours[]>(
    { from: '03:00', to: '08:30' },
    { from: '22:00', to: '05:10' },
    { from: '02:10', to: '02:50' },
    { from: '12:00', to: '11:40' },
    { from: '10:00', to: '16:20', days: [4, 7] },
    { from: '23:30', to: '01:20', days: [6] },
  ),
  { nil: undefined },
);

/** Where, and from when on: mostly around a night on which the clocks change. */
interface Site {
  timeZone: string;
  base: number;
}
export const sites = fc.constantFrom<Site[]>(
  { timeZone: 'UTC', base: 0 },
  { timeZone: 'Asia/Shanghai', base: Date.UTC(2026, 0, 5) },
  { timeZone: 'Europe/Berlin', base: Date.UTC(2026, 2, 27, 18) },
  { timeZone: 'Europe/Berlin', base: Date.UTC(2026, 9, 24) },
  { timeZone: 'America/New_York', base: Date.UTC(2026, 2, 7, 6) },
  { timeZone: 'Australia/Lord_Howe', base: Date.UTC(2026, 3, 3, 18) },
);

/** A device that reports for days, far longer than any rule looks back: values that walk, stand still and leap, doors, holes. */
const turns = fc.array(
  fc.record({
    after: fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 12, 100),
    walk: fc.constantFrom(0, 0, 1, 1, 1, -1, -2, 5, -9),
    more: fc.constantFrom<'' | 'n' | 'open' | 'on' | 'off' | 'more'>('', '', '', 'n', 'open', 'on', 'off', 'more'),
    subject: fc.constantFrom('a', 'b'),
    level: fc.constantFrom('low', 'high'),
  }),
  { minLength: 30, maxLength: 120 },
);
export const streams = turns.map((list) => {
  let [ts, m, n, open] = [0, 5, 6, false];
  return list.flatMap(({ after, walk, more, subject, level }): DetectionInput[] => {
    ts += after * unit;
    m = Math.min(12, Math.max(0, m + walk));
    const common = { deviceId: 'c/1', domain: 'fire', ts, receivedAt: ts };
    const read = (metric: string, value: number | boolean) => ({ kind: 'reading' as const, metric, value, ...common });
    const data = { id: subject, level, labels: ['person'] };
    if (more === 'on' || more === 'off' || more === 'more')
      return [{ kind: 'event', type: more, eventKey: `${ts}`, data, ...common }];
    if (more === 'open') return [read('open', (open = !open))];
    if (more === 'n') n = 14 - n;
    // What a value is a share of comes with it, as devices do.
    return [read('n', n), read('m', m)];
  });
});
