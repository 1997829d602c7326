import type { Position, Shape } from '@sc/contracts';
import { checkShape, squareMetresOf } from './check-shape.js';

/** A box of so many degrees, by the river. */
const box = (x: number, y: number, width: number, depth = width): Shape => ({
  type: 'Polygon',
  coordinates: [
    [
      [120 + x, 30 + y],
      [120 + x + width, 30 + y],
      [120 + x + width, 30 + y + depth],
      [120 + x, 30 + y + depth],
      [120 + x, 30 + y],
    ],
  ],
});
const told = (...asked: Parameters<typeof checkShape>) =>
  checkShape(...asked).issues.map(({ code, path, at }) => [code, path, at]);

it('measures: a thousandth of a degree at 30° north is 111 by 96 metres, a hole is no land', () => {
  expect(squareMetresOf(box(0, 0, 0.001))).toBeCloseTo(10_708, -2);
  const ring = box(0, 0, 0.001).coordinates[0] as Position[];
  const hole = box(0.00025, 0.00025, 0.0005).coordinates[0] as Position[];
  expect(squareMetresOf({ type: 'Polygon', coordinates: [ring, hole] })).toBeCloseTo(10_708 * 0.75, -2);
});

it('says which corner is wrong', () => {
  const bow = [box(0, 0, 0.001).coordinates[0]!.map((corner) => [...corner])] as number[][][];
  bow[0]![1] = [120.0005, 30.0015];
  const [issue] = checkShape({ type: 'Polygon', coordinates: bow }, 'building', null).issues;
  expect(issue).toMatchObject({ code: 'ring-crosses' });
  expect(issue!.at).not.toBeNull();
  expect(
    told(
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 91],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      'building',
      null,
    ),
  ).toEqual([['bad-position', 'coordinates.0.1', null]]);
  expect(told({ type: 'Line' }, 'building', null)).toEqual([['bad-geometry', '', null]]);
});

it('keeps a child in its parent, give or take the width of a line; sides too', () => {
  const parent = box(0, 0, 0.01);
  expect(told(box(0.001, 0.001, 0.002), 'building', parent)).toEqual([]);
  expect(told(box(-0.00005, 0.001, 0.002), 'building', parent)).toEqual([]);
  expect(told(box(-0.001, 0.001, 0.005), 'building', parent)[0]!.slice(0, 2)).toEqual([
    'outside-parent',
    'coordinates.0.0',
  ]);
  // Both ends lie inside, the way between them leads across a courtyard that belongs to another.
  const u: Shape = {
    type: 'Polygon',
    coordinates: [
      [
        [120, 30],
        [120.01, 30],
        [120.01, 30.01],
        [120.007, 30.01],
        [120.007, 30.003],
        [120.003, 30.003],
        [120.003, 30.01],
        [120, 30.01],
        [120, 30],
      ],
    ],
  };
  expect(told(box(0.001, 0.006, 0.008, 0.002), 'building', u)[0]).toEqual([
    'outside-parent',
    'coordinates.0.0',
    [expect.closeTo(120.005, 9), expect.closeTo(30.006, 9)],
  ]);
});

it('knows how large a thing of a kind can be', () => {
  expect(told(box(0, 0, 0.02), 'building', null)).toEqual([['too-large', 'coordinates', null]]);
  expect(told(box(0, 0, 0.02), 'community', null)).toEqual([]);
  expect(told(box(0, 0, 0.000005), 'building', null)).toEqual([['too-small', 'coordinates', null]]);
});
