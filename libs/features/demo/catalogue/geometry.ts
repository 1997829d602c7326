import type { Position, Shape } from '@sc/contracts';

/** South-west corner of the fictional community, WGS-84. */
const origin = { longitude: 120.2148, latitude: 30.2042 };
/** Blocks stand a little off the compass, as they do along a river. */
const rotation = (7 * Math.PI) / 180;
const metresPerDegreeLatitude = 110_860;
const metresPerDegreeLongitude = 111_320 * Math.cos((origin.latitude * Math.PI) / 180);

const round = (degrees: number): number => Number(degrees.toFixed(7));

/** Metres east and north of the corner of the community to [longitude, latitude]. */
function positionAt(east: number, north: number): Position {
  const x = east * Math.cos(rotation) - north * Math.sin(rotation);
  const y = east * Math.sin(rotation) + north * Math.cos(rotation);
  return [round(origin.longitude + x / metresPerDegreeLongitude), round(origin.latitude + y / metresPerDegreeLatitude)];
}

/** A closed ring, anticlockwise when the corners are given so (RFC 7946). */
export function polygon(corners: readonly (readonly [number, number])[]): Shape {
  const ring = corners.map(([east, north]) => positionAt(east, north));
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
}

export interface Rectangle {
  east: number;
  north: number;
  width: number;
  depth: number;
}

export const rectangle = ({ east, north, width, depth }: Rectangle): Shape =>
  polygon([
    [east, north],
    [east + width, north],
    [east + width, north + depth],
    [east, north + depth],
  ]);

/** A point inside the rectangle: `along` and `across` are shares of its sides, 0 to 1. */
export const inside = (r: Rectangle, along: number, across = 0.5): Position =>
  positionAt(r.east + r.width * along, r.north + r.depth * across);
