import { nextCard } from './next-card.js';

const columns = [['a1', 'a2', 'a3'], [], ['b1'], ['c1', 'c2']];

describe('arrow keys on the board', () => {
  it.each([
    ['a1', 'ArrowDown', 'a2'],
    ['a2', 'ArrowUp', 'a1'],
    ['a3', 'ArrowRight', 'b1'],
    ['b1', 'ArrowRight', 'c1'],
    ['c2', 'ArrowLeft', 'b1'],
    ['a1', 'ArrowUp', undefined],
    ['a3', 'ArrowDown', undefined],
    ['a1', 'ArrowLeft', undefined],
    ['c1', 'ArrowRight', undefined],
    ['nowhere', 'ArrowDown', 'a1'],
    ['a1', 'Enter', undefined],
  ])('from %s %s leads to %s', (from, key, to) => {
    expect(nextCard(columns, from, key)).toBe(to);
  });

  it('lead nowhere on an empty board', () => expect(nextCard([[], []], 'x', 'ArrowDown')).toBeUndefined());
});
