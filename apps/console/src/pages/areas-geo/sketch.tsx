import { polygonsOf, type GeoRow, type Position } from '@sc/contracts';

const width = 640;
const height = 260;
const padding = 8;
const strokes = { added: '#0a7d4f', changed: '#b06000', unchanged: '#8a94a6' } as const;

/** The shapes of a file, larger ones below: enough to see that nothing lies upside down or in the sea. */
export function Sketch({ rows, label }: { rows: readonly GeoRow[]; label: string }) {
  const drawn = rows.flatMap(({ id, mark, shape }) => (shape ? [{ id, mark, polygons: polygonsOf(shape) }] : []));
  const corners = drawn.flatMap(({ polygons }) => polygons.flatMap(([outer]) => outer!));
  if (corners.length === 0) return null;
  const bounds = (axis: 0 | 1) =>
    corners.reduce<[number, number]>(
      ([least, most], corner) => [Math.min(least, corner[axis]), Math.max(most, corner[axis])],
      [Infinity, -Infinity],
    );
  const [[west, east], [south, north]] = [bounds(0), bounds(1)];
  // A degree of longitude is shorter the further one is from the equator.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * padding) / ((east - west) * narrow || 1),
    (height - 2 * padding) / (north - south || 1),
  );
  const at = ([lon, lat]: Position) =>
    `${(padding + (lon - west) * narrow * scale).toFixed(1)},${(padding + (north - lat) * scale).toFixed(1)}`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ width: '100%', maxHeight: height }}>
      {drawn.map(({ id, mark, polygons }) => (
        <path
          key={id}
          d={polygons.flatMap((rings) => rings.map((ring) => `M${ring.map(at).join('L')}Z`)).join('')}
          fill={strokes[mark]}
          fillOpacity={0.08}
          fillRule="evenodd"
          stroke={strokes[mark]}
          strokeWidth={1.2}
        >
          <title>{id}</title>
        </path>
      ))}
    </svg>
  );
}
