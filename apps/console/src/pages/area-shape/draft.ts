import { polygonsOf, type Position, type Rings, type Shape, shapeSchema } from '@sc/contracts';

/** What is being drawn; null: no border. */
export type Draft = Shape | null;

export const partsOf = (draft: Draft): Rings[] => (draft ? polygonsOf(draft) : []);
export const shapeOf = (parts: readonly Rings[]): Draft => {
  if (parts.length > 1) return { type: 'MultiPolygon', coordinates: [...parts] };
  return parts[0] ? { type: 'Polygon', coordinates: parts[0] } : null;
};

/** The corners of a part as people count them: the last position of a ring is its first again. */
export const cornersOf = (part: Rings): Position[] => part[0]!.slice(0, -1);
const withCorners = ([, ...holes]: Rings, corners: Position[]): Rings => [[...corners, corners[0]!], ...holes];

const changePart = (draft: Draft, part: number, change: (rings: Rings) => Rings): Draft =>
  shapeOf(partsOf(draft).map((rings, index) => (index === part ? change(rings) : rings)));

export const moveCorner = (draft: Draft, part: number, corner: number, to: Position): Draft =>
  changePart(draft, part, (rings) => withCorners(rings, cornersOf(rings).with(corner, to)));

/** Half way to the next one. */
export const addCorner = (draft: Draft, part: number, after: number): Draft =>
  changePart(draft, part, (rings) => {
    const corners = cornersOf(rings);
    const [a, b] = [corners[after]!, corners[(after + 1) % corners.length]!];
    return withCorners(
      rings,
      corners.toSpliced(after + 1, 0, [rounded((a[0] + b[0]) / 2), rounded((a[1] + b[1]) / 2)]),
    );
  });

/** A part has at least three: the last ones go with the part. */
export const leastCorners = 3;
export const removeCorner = (draft: Draft, part: number, corner: number): Draft =>
  changePart(draft, part, (rings) => {
    const corners = cornersOf(rings);
    return corners.length > leastCorners ? withCorners(rings, corners.toSpliced(corner, 1)) : rings;
  });
export const removePart = (draft: Draft, part: number): Draft =>
  shapeOf(partsOf(draft).filter((_, index) => index !== part));

/** A triangle of some metres, to be moved by its numbers. */
export function addTriangle(draft: Draft, [lon, lat]: Position): Draft {
  const step = 0.0002;
  const corners: Position[] = [
    [rounded(lon - step), rounded(lat - step)],
    [rounded(lon + step), rounded(lat - step)],
    [rounded(lon), rounded(lat + step)],
  ];
  return shapeOf([...partsOf(draft), [[...corners, corners[0]!]]]);
}

/** Outer rings as the map has them; `part` tells which one it was, and so which holes it keeps. */
export const withOuters = (draft: Draft, outers: readonly { part: number | undefined; ring: Position[] }[]): Draft => {
  const before = partsOf(draft);
  return shapeOf(outers.map(({ part, ring }) => [ring, ...((part === undefined ? [] : before[part]?.slice(1)) ?? [])]));
};

/** What somebody pasted: a geometry, or one feature around it. Undefined: it is neither. */
export function readPasted(text: string): Shape | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { type, features, geometry } = (value ?? {}) as { type?: unknown; features?: unknown; geometry?: unknown };
  if (type === 'FeatureCollection' && Array.isArray(features) && features.length === 1)
    return readPasted(JSON.stringify(features[0]));
  const parsed = shapeSchema.safeParse(flat(type === 'Feature' ? geometry : value));
  return parsed.success ? parsed.data : undefined;
}

/** Without heights, which some programs write: [lon, lat, 12.5]. */
const flat = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_, inner: unknown) =>
    Array.isArray(inner) && inner.length === 3 && inner.every((each) => typeof each === 'number')
      ? inner.slice(0, 2)
      : inner,
  );

/** A millimetre, as the platform keeps it. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** What was there before and after, for undo and redo. */
export interface History {
  past: Draft[];
  now: Draft;
  future: Draft[];
}
const mostSteps = 100;
export const begin = (now: Draft): History => ({ past: [], now, future: [] });
export const push = ({ past, now }: History, next: Draft): History =>
  isSame(now, next) ? { past, now, future: [] } : { past: [...past, now].slice(-mostSteps), now: next, future: [] };
export const undo = (history: History): History => {
  const { past, now, future } = history;
  return past.length ? { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future] } : history;
};
export const redo = (history: History): History => {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future };
};

export const isSame = (a: Draft, b: Draft): boolean => JSON.stringify(a) === JSON.stringify(b);
