import type { ActiveHours } from '@sc/contracts';
import fc from 'fast-check';
import { closedMs } from './reach.js';
import { SiteHours } from './site-hours.js';

const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'UTC',
];
const minute = 60_000;
const two = (n: number) => String(n).padStart(2, '0');
const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${two(h)}:${two(m)}`);
const hours: fc.Arbitrary<ActiveHours> = fc
  .record({
    from: time,
    to: time,
    days: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
  })
  .filter(({ from, to }) => from !== to);
/** Any moment of this quarter of a century, and often a night on which clocks change in the north or the south. */
const moment = fc.oneof(
  fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2035, 0) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 29),
        Date.UTC(2026, 9, 25),
        Date.UTC(2026, 2, 8),
        Date.UTC(2026, 10, 1),
        Date.UTC(2026, 3, 4, 12),
        Date.UTC(2026, 9, 3, 12),
      ),
      fc.integer({ min: -12 * 60, max: 30 * 60 }),
    )
    .map(([night, minutes]) => night + minutes * minute),
);

/** The same question answered by Intl alone. */
function byIntl(zone: string, { from, to, days }: ActiveHours, ts: number): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ts);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const now = `${part('hour')}:${part('minute')}`;
  const today = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  const on = (day: number) => !days || days.includes(day);
  if (from < to) return now >= from && now < to && on(today);
  return (now >= from && on(today)) || (now < to && on(((today + 5) % 7) + 1));
}

describe.each(zones)('hours in %s', (zone) => {
  const site = new SiteHours(zone);

  it('are those of the wall clock', () => {
    fc.assert(
      fc.property(hours, moment, (active, ts) => {
        expect(site.include(active, ts)).toBe(byIntl(zone, active, ts));
      }),
      { numRuns: 500 },
    );
  });

  it('open at the first moment that lies within them', () => {
    fc.assert(
      fc.property(hours, moment, fc.array(fc.nat(10_000), { maxLength: 20 }), (active, ts, samples) => {
        const opening = site.opening(active, ts);
        if (byIntl(zone, active, ts)) return void expect(opening).toBe(ts);
        expect(opening - ts).toBeLessThanOrEqual(closedMs(active));
        expect(byIntl(zone, active, opening)).toBe(true);
        expect(byIntl(zone, active, opening - 1)).toBe(false);
        for (const n of samples) expect(byIntl(zone, active, ts + ((opening - ts) * n) / 10_001)).toBe(false);
        // asked from anywhere before, the answer is the same
        for (const n of samples.slice(0, 3))
          expect(site.opening(active, Math.floor(ts + ((opening - ts) * n) / 10_001))).toBe(opening);
      }),
      { numRuns: 150 },
    );
  });
});
