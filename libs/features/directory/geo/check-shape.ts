import { type AreaKind, type Position, polygonsOf, type Shape, type ShapeIssue, shapeIssueCodes } from '@sc/contracts';
import { isWithin } from './is-within.js';
import { readShape } from './read-shape.js';
import { doubleArea } from './rings.js';

/** Metres of a degree of latitude; of longitude times the cosine. Enough to tell a building from a district. */
const degree = 111_195;
const km2 = 1_000_000;
/** A slip of the hand that nobody can point at. */
const leastSquareMetres = 1;
/** Far more than there is: the largest district of a city is about 6,000 km²; what is larger is in another system or upside down. */
const mostSquareMetres: Record<AreaKind, number> = {
  district: 50_000 * km2,
  street: 5_000 * km2,
  community: 200 * km2,
  'duty-grid': 50 * km2,
  'cell-grid': km2,
  building: km2,
  room: km2,
};

/** In square metres, holes taken off. */
export function squareMetresOf(shape: Shape): number {
  const ring = (corners: readonly Position[]) => {
    const narrow = Math.cos(((corners[0]?.[1] ?? 0) * Math.PI) / 180);
    return (Math.abs(doubleArea(corners)) / 2) * degree * degree * narrow;
  };
  return polygonsOf(shape).reduce(
    (sum, [outer, ...holes]) => sum + ring(outer!) - holes.reduce((less, hole) => less + ring(hole), 0),
    0,
  );
}

/**
 * What keeps a shape from being that of an area of this kind, and the shape as it would be kept. `above` is the shape of the
 * next area above it that has one: a child lies in its parent, give or take ten metres.
 */
export function checkShape(
  drawn: unknown,
  kind: AreaKind,
  above: Shape | null,
): { shape: Shape | null; issues: ShapeIssue[] } {
  const read = readShape(drawn, 'wgs-84');
  if (Array.isArray(read))
    return {
      shape: null,
      issues: read.flatMap(({ path, code, value = '' }) => {
        const known = shapeIssueCodes.find((one) => one === code) ?? 'bad-geometry';
        const where = path.replace(/^geometry\.?/, '');
        return [{ code: known, path: where, at: cornerAt(drawn, where), value: value.slice(0, 120) }];
      }),
    };
  const size = squareMetresOf(read);
  const issues: ShapeIssue[] = [];
  const tell = (code: ShapeIssue['code'], path: string, at: Position | null, value = '') =>
    issues.push({ code, path, at, value });
  if (size < leastSquareMetres) tell('too-small', 'coordinates', null, size.toFixed(2));
  if (size > mostSquareMetres[kind]) tell('too-large', 'coordinates', null, String(Math.round(size / km2)));
  const stray = above && strayCorner(read, above);
  if (stray) tell('outside-parent', stray.path, stray.at);
  return { shape: read, issues };
}

/** The first corner, or middle of a side, that lies outside. */
function strayCorner(shape: Shape, above: Shape): { path: string; at: Position } | undefined {
  const parts = polygonsOf(shape);
  for (const [part, [outer]] of parts.entries())
    for (const [index, corner] of outer!.entries()) {
      const path = `coordinates.${shape.type === 'Polygon' ? '' : `${part}.`}0.${index}`;
      if (!isWithin(corner, above)) return { path, at: corner };
      const next = outer![index + 1];
      const middle: Position | undefined = next && [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
      if (middle && !isWithin(middle, above)) return { path, at: middle };
    }
  return undefined;
}

function cornerAt(drawn: unknown, path: string): Position | null {
  let value = drawn;
  for (const step of path.split('.').filter(Boolean)) value = (value as Record<string, unknown> | undefined)?.[step];
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return fits ? [lon, lat] : null;
}
