import type { AreaKind } from '@sc/contracts';

export interface AreaNode {
  id: string;
  kind: AreaKind;
  /** Ids from the root down to this area itself. */
  path: string[];
}

/** Small numbers stand above large ones; the two kinds of grid are side by side. */
const ranks: Record<AreaKind, number> = {
  district: 0,
  street: 1,
  community: 2,
  'duty-grid': 3,
  'cell-grid': 3,
  building: 4,
  room: 5,
};

/**
 * Whether an area of one kind may lie directly in an area of another; only a kind above it may hold it. A cell grid holds none:
 * what lies in it is found by the point, for a building belongs to a duty grid.
 */
export const mayContain = (parent: AreaKind, child: AreaKind): boolean =>
  parent !== 'cell-grid' && ranks[parent] < ranks[child];

/** From the area itself upwards: the first of that kind. `nodes` holds the area and all that stand above it. */
export function nearest(nodes: ReadonlyMap<string, AreaNode>, areaId: string, kind: AreaKind): string | undefined {
  const path = nodes.get(areaId)?.path ?? [];
  return path.findLast((id) => nodes.get(id)?.kind === kind);
}
