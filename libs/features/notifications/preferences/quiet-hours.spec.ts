import fc from 'fast-check';
import { quietUntil } from './quiet-hours.js';

const at = (iso: string) => Date.parse(iso);
const night = { from: '22:00', to: '06:30', timeZone: 'Asia/Shanghai' };

it.each([
  ['2026-01-01T13:59:59Z', undefined],
  ['2026-01-01T14:00:00Z', '2026-01-01T22:30:00Z'],
  ['2026-01-01T20:15:30Z', '2026-01-01T22:30:00Z'],
  ['2026-01-01T22:29:59Z', '2026-01-01T22:30:00Z'],
  ['2026-01-01T22:30:00Z', undefined],
])('past midnight: %s', (now, end) => {
  expect(quietUntil(at(now), night)).toBe(end && at(end));
});

it('within a day, and none at all', () => {
  const noon = { from: '12:00', to: '13:00', timeZone: 'UTC' };
  expect(quietUntil(at('2026-01-01T12:30:00Z'), noon)).toBe(at('2026-01-01T13:00:00Z'));
  expect(quietUntil(at('2026-01-01T13:00:00Z'), noon)).toBeUndefined();
  expect(quietUntil(0, null)).toBeUndefined();
});

it('ends at the hour on the wall also in the night of a clock change', () => {
  const berlin = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  expect(quietUntil(at('2026-03-28T22:00:00Z'), berlin)).toBe(at('2026-03-29T05:00:00Z'));
  expect(quietUntil(at('2026-10-24T21:00:00Z'), berlin)).toBe(at('2026-10-25T06:00:00Z'));
});

it('always ends later than now, within a day and an hour or two, and outside of quiet hours', () => {
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const text = ([h, m]: [number, number]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  );
  const now = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
  fc.assert(
    fc.property(now, time, time, zone, (moment, a, b, timeZone) => {
      fc.pre(text(a) !== text(b));
      const until = quietUntil(moment, { from: text(a), to: text(b), timeZone });
      if (until === undefined) return;
      expect(until).toBeGreaterThan(moment);
      expect(until - moment).toBeLessThanOrEqual(26 * 3_600_000);
    }),
  );
});
