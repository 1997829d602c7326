import type { CoordinateSystem, GeoErrorCode, Position, Rings, Shape } from '@sc/contracts';
import { crossingOf } from './crossing.js';
import { toWgs84 } from './coordinate-systems.js';
import { doubleArea, isInside } from './rings.js';

/** Corners of one polygon: looking for crossings costs their square at worst. */
export const mostPositionsInShape = 5000;

export interface ShapeProblem {
  path: string;
  code: GeoErrorCode;
  value?: string;
}

/** A hundred-millionth of a degree is a millimetre; a file that is imported twice must say the same twice. */
const digits = 1e7;
const rounded = (degrees: number): number => Math.round(degrees * digits) / digits;

/**
 * A geometry of a file as a shape of ours: WGS-84, closed, the outer ring anticlockwise (RFC 7946). Winding is put right without a
 * word, for it loses nothing; everything else that is wrong is told.
 */
export function readShape(geometry: unknown, crs: CoordinateSystem): Shape | ShapeProblem[] {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates) || !coordinates.length)
    return [{ path: 'geometry', code: 'bad-geometry', value: String(type) }];
  const problems: ShapeProblem[] = [];
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates).map((rings: unknown, i) =>
    readPolygon(rings, type === 'Polygon' ? 'geometry.coordinates' : `geometry.coordinates.${i}`, crs, problems),
  );
  if (problems.length) return problems;
  const whole = polygons as Rings[];
  return type === 'Polygon' ? { type, coordinates: whole[0]! } : { type, coordinates: whole };
}

function readPolygon(value: unknown, path: string, crs: CoordinateSystem, problems: ShapeProblem[]): Rings | undefined {
  if (!Array.isArray(value) || !value.length) return void problems.push({ path, code: 'bad-geometry' });
  const before = problems.length;
  const positions = value.reduce((sum: number, ring) => sum + (Array.isArray(ring) ? ring.length : 0), 0);
  if (positions > mostPositionsInShape)
    return void problems.push({ path, code: 'too-many-positions', value: String(positions) });
  const rings = value.map((ring: unknown, i) => readRing(ring, `${path}.${i}`, crs, problems));
  if (problems.length > before) return undefined;
  const [outer, ...holes] = rings as Rings;
  const crossing = crossingOf([outer!, ...holes]);
  if (crossing) problems.push({ path: `${path}.${crossing.ring}.${crossing.index}`, code: 'ring-crosses' });
  for (const [i, hole] of holes.entries())
    if (!isInside(hole[0]!, { type: 'Polygon', coordinates: [outer!] }))
      problems.push({ path: `${path}.${i + 1}`, code: 'hole-outside' });
  return [wound(outer!, 1), ...holes.map((hole) => wound(hole, -1))];
}

function readRing(
  value: unknown,
  path: string,
  crs: CoordinateSystem,
  problems: ShapeProblem[],
): Position[] | undefined {
  if (!Array.isArray(value)) return void problems.push({ path, code: 'bad-geometry' });
  const bad = value.findIndex((position) => !isPosition(position));
  if (bad >= 0)
    return void problems.push({
      path: `${path}.${bad}`,
      code: 'bad-position',
      value: JSON.stringify(value[bad]) ?? '',
    });
  const ring = (value as Position[]).map((position) => {
    const [lon, lat] = toWgs84([position[0], position[1]], crs);
    return [rounded(lon), rounded(lat)] as Position;
  });
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || doubleArea(ring) === 0) return void problems.push({ path, code: 'ring-short' });
  if (first![0] !== last![0] || first![1] !== last![1]) return void problems.push({ path, code: 'ring-open' });
  return ring;
}

/** A height may follow, and is left out. */
const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.length <= 3 &&
  value.every((number) => typeof number === 'number' && Number.isFinite(number)) &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90;

const wound = (ring: Position[], turn: 1 | -1): Position[] =>
  Math.sign(doubleArea(ring)) === turn ? ring : ring.toReversed();
