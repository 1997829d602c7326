import type { Position, Shape } from '@sc/contracts';
import fc from 'fast-check';
import { centreOf, isInside } from './rings.js';

const box = (x: number, y: number, side: number): Position[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const ring: Shape = { type: 'Polygon', coordinates: [box(0, 0, 10), box(4, 4, 2).reverse()] };

it('a hole is not inside, whichever way it runs; the parts of several are', () => {
  expect([isInside([1, 1], ring), isInside([5, 5], ring), isInside([11, 5], ring)]).toEqual([true, false, false]);
  const two: Shape = { type: 'MultiPolygon', coordinates: [[box(0, 0, 1)], [box(5, 0, 1).reverse()]] };
  expect([isInside([0.5, 0.5], two), isInside([5.5, 0.5], two), isInside([3, 0.5], two)]).toEqual([true, true, false]);
  expect(centreOf(two)).toEqual([3, 0.5]);
});

it('agrees with the inequality of a box, wherever the box lies', () => {
  const coordinate = fc.integer({ min: -60, max: 60 });
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      fc.integer({ min: 1, max: 20 }),
      coordinate,
      coordinate,
      (x, y, side, px, py) => {
        const [lon, lat] = [px + 0.5, py + 0.5];
        const shape: Shape = { type: 'Polygon', coordinates: [box(x, y, side)] };
        expect(isInside([lon, lat], shape)).toBe(lon > x && lon < x + side && lat > y && lat < y + side);
        const [cx, cy] = centreOf(shape);
        expect([cx, cy]).toEqual([expect.closeTo(x + side / 2, 9), expect.closeTo(y + side / 2, 9)]);
      },
    ),
  );
});

it('a hole moves the centre away; a shape without area has one too', () => {
  const eccentric: Shape = { type: 'Polygon', coordinates: [box(0, 0, 10), box(5, 5, 4)] };
  expect(centreOf(eccentric)[0]).toBeLessThan(5);
  const flat: Position[] = [
    [0, 0],
    [2, 0],
    [4, 0],
    [0, 0],
  ];
  expect(centreOf({ type: 'Polygon', coordinates: [flat] })).toEqual([2, 0]);
});
