import { polygonsOf, type Area, type Device, type Position } from '@sc/contracts';

export type DeviceLook = 'online' | 'offline' | 'never-seen';

/** Areas that are drawn, larger kinds first so that smaller ones lie on top. */
export const drawnKinds = ['community', 'duty-grid', 'cell-grid', 'building'] as const;

export const areaFeatures = (areas: readonly Area[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.flatMap((area): GeoJSON.Feature[] =>
    area.shape ? [{ type: 'Feature', geometry: area.shape, properties: { id: area.id, kind: area.kind } }] : [],
  ),
});

export const deviceFeatures = (devices: readonly Device[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: devices.flatMap((device): GeoJSON.Feature[] =>
    device.position && device.state === 'registered'
      ? [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: device.position },
            properties: { id: device.id, look: device.connection },
          },
        ]
      : [],
  ),
});

/** Outer rings: of each part of an area that lies apart. */
const outlinesOf = ({ shape }: Area): Position[][] => (shape ? polygonsOf(shape).map(([outer]) => outer!) : []);

/** Middle of the outer ring, of the first part: good enough for a name. */
export function middleOf(area: Area): Position | undefined {
  const ring = outlinesOf(area)[0]?.slice(0, -1);
  if (!ring || ring.length === 0) return undefined;
  const sum = ring.reduce<[number, number]>(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

/** Middle of the northern or southern edge: names stand there, clear of the devices inside. */
export function edgeOf(area: Area, side: 'north' | 'south'): Position | undefined {
  const middle = middleOf(area);
  const lats = outlinesOf(area)[0]?.map(([, lat]) => lat);
  return middle && lats ? [middle[0], side === 'north' ? Math.max(...lats) : Math.min(...lats)] : undefined;
}

/** South-west and north-east corner of everything that is drawn. */
export function boundsOf(areas: readonly Area[], devices: readonly Device[]): [Position, Position] | undefined {
  const points = [
    ...areas.filter((a) => drawnKinds.some((k) => k === a.kind)).flatMap((a) => outlinesOf(a).flat()),
    ...devices.flatMap((d) => (d.position ? [d.position] : [])),
  ];
  if (points.length === 0) return undefined;
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const min = (list: number[]) => list.reduce((a, b) => Math.min(a, b));
  const max = (list: number[]) => list.reduce((a, b) => Math.max(a, b));
  return [
    [min(lons), min(lats)],
    [max(lons), max(lats)],
  ];
}
