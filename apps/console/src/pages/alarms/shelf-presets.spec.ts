import { shelfPresets } from './shelf-presets.js';

it.each([
  [480, [5, 10, 30, 60, 240, 480]],
  [10, [5, 10]],
  [7, [5, 7]],
  [3, [3]],
  [0, []],
])('offers within %d minutes nothing longer', (limit, offered) => {
  expect(shelfPresets(limit)).toEqual(offered);
});
