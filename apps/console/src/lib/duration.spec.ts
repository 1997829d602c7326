import { durationOf } from './duration.js';

describe('durationOf', () => {
  it.each([
    [-5_000, 'seconds', { n: 0 }],
    [59_999, 'seconds', { n: 59 }],
    [60_000, 'minutes', { n: 1 }],
    [3_600_000, 'hours', { h: 1, m: 0 }],
    [47.9 * 3_600_000, 'hours', { h: 47, m: 54 }],
    [50 * 3_600_000, 'days', { d: 2, h: 2 }],
  ])('%d ms is told in %s', (ms, unit, values) => {
    expect(durationOf(ms)).toEqual({ unit, values });
  });
});
