import type { Position } from '@sc/contracts';

interface Edge {
  ring: number;
  index: number;
  a: Position;
  b: Position;
  west: number;
  east: number;
}

/** The first edge that crosses another one of the same polygon. Rings may touch: neighbours that share a corner do. */
export function crossingOf(rings: readonly (readonly Position[])[]): { ring: number; index: number } | undefined {
  const edges: Edge[] = rings.flatMap((corners, ring) =>
    corners.slice(1).map((b, index) => {
      const a = corners[index]!;
      return { ring, index, a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) };
    }),
  );
  edges.sort((one, other) => one.west - other.west);
  for (const [i, edge] of edges.entries())
    for (let j = i + 1; j < edges.length && edges[j]!.west <= edge.east; j += 1)
      if (cross(edge, edges[j]!)) return { ring: edge.ring, index: edge.index };
  return undefined;
}

/** Each lies on both sides of the other. */
const cross = ({ a, b }: Edge, { a: c, b: d }: Edge): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

const side = (a: Position, b: Position, p: Position): number =>
  Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
