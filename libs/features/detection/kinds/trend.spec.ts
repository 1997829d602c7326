import fc from 'fast-check';
import { trendOf } from './trend.js';

const medianOf = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle]! + sorted[middle - 1]!) / 2;
};

it('is the line of Theil and Sen, as somebody finds it who sorts all slopes', () => {
  const parts = fc
    .array(fc.record({ after: fc.integer({ min: 1, max: 5 }), value: fc.integer({ min: -9, max: 9 }) }), {
      minLength: 2,
      maxLength: 21,
    })
    .map((list) => {
      let ts = 0;
      return list.map(({ after, value }) => ({ ts: (ts += after), value, readings: 1 }));
    });
  fc.assert(
    fc.property(parts, (kept) => {
      const slopes = kept.flatMap((later, i) =>
        kept.slice(0, i).map((earlier) => (later.value - earlier.value) / (later.ts - earlier.ts)),
      );
      const perMs = medianOf(slopes);
      const { agreement, ...line } = trendOf(kept, 100);
      expect(line).toEqual({ perMs, value: medianOf(kept.map(({ ts, value }) => value + perMs * (100 - ts))) });
      expect(agreement).toBe(slopes.filter((slope) => slope * perMs > 0).length / slopes.length);
    }),
    { numRuns: 200 },
  );
});
