import { aggregateFor, rangeMs, ranges, windowOf } from './range.js';

describe('the time ranges of the chart', () => {
  it('draw a peak that a rule watches, and never average a switch', () => {
    expect(aggregateFor(['above', 'below'], true)).toBe('max');
    expect(aggregateFor(['below'], true)).toBe('min');
    expect(aggregateFor([], true)).toBe('avg');
    expect(aggregateFor(['above'], false)).toBe('last');
  });

  it('stay below the 2000 readings of one answer', () => {
    for (const range of ranges) {
      const window = windowOf[range];
      if (window) expect(rangeMs[range] / window).toBeLessThan(2000);
    }
  });
});
