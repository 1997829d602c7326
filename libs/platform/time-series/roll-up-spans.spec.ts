import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, rollUpSpans } from './roll-up-spans.js';

describe('rollUpSpans', () => {
  it('covers the range once, with roll-ups as coarse as the windows allow', () => {
    const time = fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS });
    const width = fc.constantFrom(1_000, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS);
    fc.assert(
      fc.property(time, time, width, (from, to, windowMs) => {
        const { hour, minute, raw } = rollUpSpans({ from, to, windowMs });
        const spans = [...hour, ...minute, ...raw].sort((a, b) => a.from - b.from);
        if (from >= to) return void expect(spans).toEqual([]);
        expect([spans[0]!.from, spans.at(-1)!.to]).toEqual([from, to]);
        spans.slice(1).forEach((span, index) => expect(span.from).toBe(spans[index]!.to));
        for (const span of hour) expect([span.from % HOUR_MS, span.to % HOUR_MS].map(Math.abs)).toEqual([0, 0]);
        for (const span of minute) expect([span.from % MINUTE_MS, span.to % MINUTE_MS].map(Math.abs)).toEqual([0, 0]);
        if (windowMs % MINUTE_MS > 0) expect(raw).toHaveLength(1);
        else for (const span of raw) expect(span.to - span.from).toBeLessThan(2 * MINUTE_MS);
      }),
    );
  });
});
