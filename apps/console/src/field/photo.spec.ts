import { fitInto } from './photo.js';

describe('fitInto', () => {
  it.each([
    [4000, 3000, 1600, 1200],
    [3000, 4000, 1200, 1600],
    [800, 600, 800, 600],
    [10_000, 1, 1600, 1],
  ])('%d × %d becomes %d × %d', (width, height, w, h) => {
    expect(fitInto(width, height, 1600)).toEqual({ width: w, height: h });
  });
});
