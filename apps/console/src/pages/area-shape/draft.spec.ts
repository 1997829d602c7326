import type { Position, Rings } from '@sc/contracts';
import fc from 'fast-check';
import {
  addCorner,
  addTriangle,
  begin,
  cornersOf,
  type Draft,
  moveCorner,
  partsOf,
  push,
  readPasted,
  redo,
  removeCorner,
  removePart,
  shapeOf,
  undo,
  withOuters,
} from './draft.js';

const ring = (x: number): Position[] => [
  [x, 0],
  [x + 2, 0],
  [x + 2, 2],
  [x, 2],
  [x, 0],
];
const hole: Position[] = [
  [0.5, 0.5],
  [1, 0.5],
  [1, 1],
  [0.5, 0.5],
];
const one: Draft = { type: 'Polygon', coordinates: [ring(0), hole] };
const two: Draft = { type: 'MultiPolygon', coordinates: [[ring(0), hole], [ring(5)]] };

it('corners are moved, added and removed, and every ring stays closed', () => {
  const changed = [
    moveCorner(one, 0, 0, [-1, -1]),
    addCorner(one, 0, 3),
    removeCorner(two, 1, 0),
    addTriangle(null, [9, 9]),
  ];
  for (const draft of changed) for (const [outer] of partsOf(draft)) expect(outer!.at(-1)).toEqual(outer![0]);
  expect(cornersOf(partsOf(changed[0]!)[0]!)[0]).toEqual([-1, -1]);
  expect(cornersOf(partsOf(changed[1]!)[0]!)).toHaveLength(5);
  expect(cornersOf(partsOf(changed[1]!)[0]!)[4]).toEqual([0, 1]);
  expect(partsOf(changed[2]!).map((part) => cornersOf(part).length)).toEqual([4, 3]);
});

it('holes stay with their part, three corners stay, and the last part leaves nothing', () => {
  expect(partsOf(moveCorner(two, 0, 1, [3, 0]))[0]![1]).toEqual(hole);
  expect(
    withOuters(two, [
      { part: 1, ring: ring(6) },
      { part: 0, ring: ring(1) },
      { part: undefined, ring: ring(9) },
    ]),
  ).toEqual({
    type: 'MultiPolygon',
    coordinates: [[ring(6)], [ring(1), hole], [ring(9)]],
  });
  const triangle = addTriangle(null, [1, 1]);
  expect(removeCorner(triangle, 0, 1)).toEqual(triangle);
  expect(removePart(two, 0)).toEqual({ type: 'Polygon', coordinates: [ring(5)] });
  expect(removePart(triangle, 0)).toBeNull();
});

it('reads what people paste, and says no to the rest', () => {
  expect(readPasted(JSON.stringify(one))).toEqual(one);
  expect(readPasted(JSON.stringify({ type: 'Feature', properties: {}, geometry: two }))).toEqual(two);
  const high = { type: 'Polygon', coordinates: [ring(0).map(([x, y]) => [x, y, 12.5])] };
  expect(
    readPasted(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: high }] })),
  ).toEqual({ type: 'Polygon', coordinates: [ring(0)] });
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{"type":"Point","coordinates":[1,2]}',
    '{"type":"Polygon","coordinates":[[[1,2]]]}',
    '{"type":"Polygon","coordinates":[[[1,2],[999,2],[3,3],[1,2]]]}',
  ])
    expect(readPasted(text)).toBeUndefined();
});

it('undo takes back step by step, redo does them again, a new step ends redo', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (xs) => {
      const drafts = xs.map((x) => shapeOf([[ring(x)] as Rings]));
      let history = begin(null);
      for (const draft of drafts) history = push(history, draft);
      const last = history.now;
      const count = history.past.length;
      for (let i = 0; i < count; i += 1) history = undo(history);
      expect(history.now).toBeNull();
      expect(undo(history)).toBe(history);
      for (let i = 0; i < count; i += 1) history = redo(history);
      expect(history.now).toEqual(last);
      expect(push(undo(history), one).future).toEqual([]);
    }),
  );
});
