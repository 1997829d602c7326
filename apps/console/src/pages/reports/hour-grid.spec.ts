import { gridOf, shadeOf } from './hour-grid.js';

describe('the hours of a week', () => {
  it('have a place each, and nothing where nothing was', () => {
    const grid = gridOf([
      { weekday: 1, hour: 0, count: 3 },
      { weekday: 7, hour: 23, count: 9 },
    ]);
    expect(grid.map((row) => row.length)).toEqual(Array(7).fill(24));
    expect([grid[0]![0], grid[6]![23]]).toEqual([3, 9]);
    expect(grid.flat().reduce((a, b) => a + b)).toBe(12);
  });

  it.each([
    [0, 100, 0],
    [1, 100, 1],
    [20, 100, 1],
    [21, 100, 2],
    [100, 100, 5],
    [1, 1, 5],
  ])('%d of at most %d is shade %d', (count, most, shade) => expect(shadeOf(count, most)).toBe(shade));
});
