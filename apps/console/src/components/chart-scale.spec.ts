import type { Rule } from '@sc/contracts';
import { levelsOf, scaleOf } from './chart-scale.js';

describe('the value axis', () => {
  it.each([
    ['smoke below its levels', [0.04, 0.1, 4.5, 2], { min: 0, max: 100 }, 0, 5],
    ['a battery that is full', [100, 87, 15, 25], { min: 0, max: 100 }, 0, 100],
    ['a battery without levels', [98, 100], { min: 0, max: 100 }, 97.5, 100],
    ['temperature with its levels', [21.4, 57, 50], { min: -40, max: 200 }, 10, 60],
    ['a reading beyond what is possible is still shown', [120], { min: 0, max: 100 }, 119.5, 122],
  ])('%s', (_, values, bounds, least, most) => {
    const scale = scaleOf(values, bounds);
    expect(scale?.min).toBeGreaterThanOrEqual(least);
    expect(scale?.min).toBeLessThanOrEqual(Math.min(...values));
    expect(scale?.max).toBeLessThanOrEqual(most);
    expect(scale?.max).toBeGreaterThanOrEqual(Math.max(...values));
  });

  it('ends on round numbers', () => {
    expect(scaleOf([0.04, 4.5, 2], { min: 0 })).toEqual({ min: 0, max: 5, interval: 1 });
    expect(scaleOf([15, 25, 100], { min: 0, max: 100 })).toEqual({ min: 0, max: 100, interval: 20 });
  });

  it('stands for a constant value too, zero included, and for nothing at all', () => {
    expect(scaleOf([0])).toMatchObject({ interval: expect.any(Number) as number });
    const flat = scaleOf([21]);
    expect(flat && flat.min < 21 && flat.max > 21).toBe(true);
    expect(scaleOf([])).toBeUndefined();
  });
});

describe('the levels of a metric', () => {
  const rule = (metric: string, raiseAt: number, clearAt: number) =>
    ({ id: 'r', condition: { kind: 'threshold', metric, raiseAt, clearAt } }) as unknown as Rule;

  it('say raise and clear in one label', () => {
    const levels = levelsOf([rule('smoke', 4.5, 2), rule('temperature', 57, 50)], 'smoke');
    expect(levels.map(({ at, raises, clearAt }) => [at, raises, clearAt])).toEqual([
      [4.5, true, 2],
      [2, false, undefined],
    ]);
  });

  it('are none where the rule is about a share of another metric', () => {
    const share = {
      id: 'r',
      condition: { kind: 'threshold', metric: 'occupied', of: 'capacity', raiseAt: 0.95, clearAt: 0.9 },
    };
    expect(levelsOf([share as unknown as Rule], 'occupied')).toEqual([]);
  });

  it('are one where raise and clear are the same', () => {
    expect(levelsOf([rule('leak', 1, 1)], 'leak')).toHaveLength(1);
  });
});
