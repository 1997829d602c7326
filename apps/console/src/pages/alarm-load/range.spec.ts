import type { Shift } from '@sc/contracts';
import { barsOf, keyOfShift, rangeOf, shiftTimes, stepOf } from './range.js';

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 10, 12);
const shift = (startsAt: number, endsAt: number, id = 'x'): Shift => ({
  id,
  personId: id,
  personName: 'P',
  areaId: 'g1',
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  rotationId: null,
});

it('names each time of the plan once, newest first, none that is to come', () => {
  const shifts = [
    shift(now - 12 * hour, now - 4 * hour, 'a'),
    shift(now - 4 * hour, now + 4 * hour, 'b'),
    shift(now - 4 * hour, now + 4 * hour, 'c'),
    shift(now + 4 * hour, now + 12 * hour, 'd'),
  ];
  expect(shiftTimes(shifts, now)).toEqual([
    { from: now - 4 * hour, to: now + 4 * hour },
    { from: now - 12 * hour, to: now - 4 * hour },
  ]);
});

it('takes a shift under way up to now, and nothing for what it does not know', () => {
  expect(rangeOf(keyOfShift({ from: now - hour, to: now + hour }), now)).toEqual({ from: now - hour, to: now });
  expect(rangeOf('day', now)).toEqual({ from: now - 24 * hour, to: now });
  expect(rangeOf('custom', now)).toBeUndefined();
});

it('draws bars of ten minutes for a day, of an hour for a week, and loses no alarm', () => {
  const buckets = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      at: new Date(now + n * 600_000).toISOString(),
      alarms: n % 3,
      flood: n === 7,
    }));
  expect([stepOf(144), stepOf(1008)]).toEqual(['ten', 'hour']);
  for (const count of [1, 144, 1007]) {
    const bars = barsOf(buckets(count));
    const sum = (all: readonly { alarms: number }[]) => all.reduce((total, { alarms }) => total + alarms, 0);
    expect(sum(bars)).toBe(sum(buckets(count)));
    expect(bars.filter(({ flood }) => flood)).toHaveLength(count > 7 ? 1 : 0);
  }
});
