import type { CoordinateSystem, Position } from '@sc/contracts';

/** Krasovsky 1940, which GCJ-02 rests on. */
const semiMajorAxis = 6_378_245;
const eccentricitySquared = 0.00669342162296594323;
const rad = Math.PI / 180;
/** Degrees; a millionth is a decimetre. */
const precision = 1e-10;
const mostSteps = 30;

/** Where the published formula applies: a rectangle around China. Elsewhere GCJ-02 is WGS-84. */
export const isNearChina = ([lon, lat]: Position): boolean =>
  lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

/** WGS-84 to GCJ-02 (国测局坐标), by the formula that is public since 2010. */
export function toGcj02(position: Position): Position {
  if (!isNearChina(position)) return position;
  const [lon, lat] = position;
  const [x, y] = [lon - 105, lat - 35];
  const waves = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ((waves + 20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ((waves + 20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const flat = 1 - eccentricitySquared * Math.sin(lat * rad) ** 2;
  const metresNorth = (semiMajorAxis * (1 - eccentricitySquared)) / (flat * Math.sqrt(flat));
  const metresEast = (semiMajorAxis / Math.sqrt(flat)) * Math.cos(lat * rad);
  return [lon + east / (metresEast * rad), lat + north / (metresNorth * rad)];
}

/** WGS-84 to BD-09 (百度坐标): GCJ-02, moved once more. */
export const toBd09 = (position: Position): Position => gcj02ToBd09(toGcj02(position));

export function gcj02ToBd09([x, y]: Position): Position {
  const turn = (Math.PI * 3000) / 180;
  const distance = Math.hypot(x, y) + 0.00002 * Math.sin(y * turn);
  const angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * turn);
  return [distance * Math.cos(angle) + 0.0065, distance * Math.sin(angle) + 0.006];
}

const forward: Record<CoordinateSystem, (position: Position) => Position> = {
  'wgs-84': (position) => position,
  'gcj-02': toGcj02,
  'bd-09': toBd09,
};

/** There is no formula back, but the shift hardly changes over its own length: a few steps towards it are enough. */
export function toWgs84(position: Position, from: CoordinateSystem): Position {
  if (from === 'wgs-84') return position;
  let guess = position;
  for (let step = 0; step < mostSteps; step += 1) {
    const there = forward[from](guess);
    const [east, north] = [position[0] - there[0], position[1] - there[1]];
    guess = [guess[0] + east, guess[1] + north];
    if (Math.abs(east) < precision && Math.abs(north) < precision) break;
  }
  return guess;
}
