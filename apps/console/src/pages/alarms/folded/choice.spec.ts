import { isFolded } from './choice.js';

it.each([
  ['auto', null, null, false],
  ['auto', 'one', null, true],
  // unfolded by hand: for that flood, not for the next
  ['auto', 'one', 'one', false],
  ['auto', 'two', 'one', true],
  ['groups', null, null, true],
  ['groups', 'one', 'one', true],
  ['all', 'one', null, false],
] as const)('view %s, flood %s, unfolded %s: folded %s', (view, since, unfolded, expected) => {
  expect(isFolded(view, since, unfolded)).toBe(expected);
});
