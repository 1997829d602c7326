import type { Area, Device } from '@sc/contracts';
import { areaFeatures, boundsOf, deviceFeatures, middleOf } from './shapes.js';

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
const device = (over: Partial<Device>): Device =>
  ({ id: 'c/d', state: 'registered', connection: 'online', position: [3, 4], ...over }) as Device;

describe('what the map draws', () => {
  it('leaves out what has no shape, no position, or is retired', () => {
    expect(areaFeatures([{ ...square, shape: null }]).features).toEqual([]);
    expect(deviceFeatures([device({ position: null }), device({ state: 'retired' })]).features).toEqual([]);
    expect(deviceFeatures([device({})]).features).toHaveLength(1);
  });
  it('puts the name in the middle', () => expect(middleOf(square)).toEqual([1, 1]));
  it('shows everything at first', () => {
    expect(boundsOf([square], [device({})])).toEqual([
      [0, 0],
      [3, 4],
    ]);
    expect(boundsOf([], [])).toBeUndefined();
  });
});
