import fc from 'fast-check';
import { shiftTime } from './time-shift.js';

const story = fc.record({
  times: fc.uniqueArray(fc.integer({ min: -600_000, max: 40_000_000 }), { minLength: 2, maxLength: 100 }),
  start: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) }),
  speed: fc.double({ min: 1, max: 100_000, noNaN: true }),
});

describe('time shift of a replay', () => {
  it('keeps the spacing, grows, ends now, and is never ahead of the clock', () => {
    fc.assert(
      fc.property(story, ({ times, start, speed }) => {
        const seconds = times.sort((a, b) => a - b).map((ms) => ms / 1000);
        const [first, last] = [seconds[0]!, seconds.at(-1)!];
        const shift = shiftTime(first, last, start, speed);
        for (let i = 1; i < seconds.length; i += 1) {
          const [before, after] = [seconds[i - 1]!, seconds[i]!];
          expect(Math.abs(shift.tsOf(after) - shift.tsOf(before) - (after - before) * 1000)).toBeLessThanOrEqual(1);
          expect(shift.tsOf(after)).toBeGreaterThan(shift.tsOf(before));
          expect(shift.sendAfterMs(after)).toBeGreaterThan(shift.sendAfterMs(before));
        }
        for (const time of seconds) {
          expect(Number.isSafeInteger(shift.tsOf(time))).toBe(true);
          // 2 ms for rounding twice.
          expect(shift.tsOf(time)).toBeLessThanOrEqual(start + shift.sendAfterMs(time) + 2);
        }
        expect(Math.abs(shift.tsOf(last) - (start + shift.sendAfterMs(last)))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('finds ignition at TIME 0, also when the file starts later', () => {
    const shift = shiftTime(1, 239, 1_000_000, 60);
    expect(shift.tsOf(31) - shift.ignition).toBe(31_000);
  });
});
