import { readShape } from './read-shape.js';

const square = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
const polygon = (...coordinates: unknown[]) => readShape({ type: 'Polygon', coordinates }, 'wgs-84');
const codes = (read: ReturnType<typeof readShape>) =>
  Array.isArray(read) ? read.map(({ path, code }) => `${path} ${code}`) : [];

it('closes nothing, cuts nothing, and says where it is wrong', () => {
  expect(codes(polygon(square.slice(0, 4)))).toEqual(['geometry.coordinates.0 ring-open']);
  expect(
    codes(
      polygon([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
    ),
  ).toEqual(['geometry.coordinates.0 ring-short']);
  expect(
    codes(
      polygon([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
        [0, 0],
      ]),
    ),
  ).toEqual(['geometry.coordinates.0 ring-short']);
  expect(
    codes(
      polygon([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 8],
        [0, 0],
      ]),
    ),
  ).toEqual(['geometry.coordinates.0.0 ring-crosses']);
  expect(
    codes(
      polygon(square, [
        [20, 20],
        [21, 20],
        [21, 21],
        [20, 20],
      ]),
    ),
  ).toEqual(['geometry.coordinates.1 hole-outside']);
  for (const wrong of [[181, 0], [0, 91], ['1', 0], [0], [0, null], 'x'])
    expect(codes(polygon([wrong, ...square]))).toEqual(['geometry.coordinates.0.0 bad-position']);
  for (const geometry of [null, 7, {}, { type: 'Point', coordinates: [0, 0] }, { type: 'Polygon', coordinates: [] }])
    expect(codes(readShape(geometry, 'wgs-84'))).toEqual(['geometry bad-geometry']);
  expect(codes(polygon(Array.from({ length: 6000 }, () => [0, 0])))).toEqual([
    'geometry.coordinates too-many-positions',
  ]);
});

it('winds rings as RFC 7946 wants them, without heights, and moves what is in another system', () => {
  const hole = [
    [4, 4, 30],
    [6, 4, 30],
    [6, 6, 30],
    [4, 4, 30],
  ];
  expect(polygon([...square].reverse(), hole)).toEqual({
    type: 'Polygon',
    coordinates: [
      square,
      [
        [4, 4],
        [6, 6],
        [6, 4],
        [4, 4],
      ],
    ],
  });
  const moved = readShape(
    { type: 'MultiPolygon', coordinates: [[square.map(([x, y]) => [116 + x! / 100, 39 + y! / 100])]] },
    'gcj-02',
  );
  expect(moved).toMatchObject({ type: 'MultiPolygon' });
  expect(JSON.stringify(moved)).not.toContain('[116,39]');
});
