import type { Area } from '@sc/contracts';
import { areaFeatures, boundsOf, middleOf, spotOf } from './shapes.js';

const square: Area = {
  id: 'g1',
  kind: 'duty-grid',
  parentId: null,
  path: ['g1'],
  name: { 'zh-CN': '一', en: 'one' },
  shape: {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
    ],
  },
  households: null,
};
describe('what the map draws', () => {
  it('leaves out what has no shape', () => expect(areaFeatures([{ ...square, shape: null }]).features).toEqual([]));
  it('shows what has no place of its own in the smallest area around it that has a shape', () => {
    const room: Area = { ...square, id: 'r1', path: ['g1', 'r1'], kind: 'room', shape: null };
    expect(spotOf(new Map([square, room].map((area) => [area.id, area])), 'r1')).toEqual([1, 1]);
    expect(spotOf(new Map(), 'r1')).toBeUndefined();
  });
  it('puts the name in the middle', () => expect(middleOf(square)).toEqual([1, 1]));
  it('shows everything at first', () => {
    expect(boundsOf([square], [{ position: [3, 4] }])).toEqual([
      [0, 0],
      [3, 4],
    ]);
    expect(boundsOf([], [])).toBeUndefined();
  });
});
