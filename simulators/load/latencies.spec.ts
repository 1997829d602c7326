import fc from 'fast-check';
import { Latencies } from './latencies.js';

describe('latencies', () => {
  it('tell a percentile that is at most a tenth too long, never too short', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.2, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (all, share) => {
          const latencies = new Latencies();
          for (const ms of all) latencies.add(ms);
          const exact = [...all].sort((a, b) => a - b)[Math.ceil(all.length * share) - 1]!;
          expect(latencies.percentile(share)).toBeGreaterThanOrEqual(exact * 0.999);
          expect(latencies.percentile(share)).toBeLessThanOrEqual(exact * 1.1001);
        },
      ),
    );
  });

  it('know nothing of nothing, and the longest of all', () => {
    const latencies = new Latencies();
    expect([latencies.count, latencies.max, latencies.percentile(0.99)]).toEqual([0, 0, 0]);
    latencies.add(9_999_999);
    expect(latencies.max).toBe(9_999_999);
  });
});
