import { polygonsOf, type Area, type Position } from '@sc/contracts';

/** Areas that are drawn, larger kinds first so that smaller ones lie on top. */
export const drawnKinds = ['community', 'duty-grid', 'cell-grid', 'building'] as const;

export const areaFeatures = (
  areas: readonly Area[],
  nameOf: (area: Area) => string = () => '',
): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.flatMap((area): GeoJSON.Feature[] =>
    area.shape
      ? [
          {
            type: 'Feature',
            geometry: area.shape,
            properties: { id: area.id, kind: area.kind, name: nameOf(area) },
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

/** Where something of an area is shown that has no place of its own: the middle of the smallest area around it that has a shape. */
export function spotOf(areas: ReadonlyMap<string, Area>, areaId: string): Position | undefined {
  const around = areas.get(areaId)?.path.toReversed() ?? [];
  return around
    .flatMap((id) => areas.get(id) ?? [])
    .map(middleOf)
    .find(Boolean);
}

/** South-west and north-east corner of everything that is drawn. */
export function boundsOf(
  areas: readonly Area[],
  devices: readonly { position: Position | null }[],
): [[number, number], [number, number]] | undefined {
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
