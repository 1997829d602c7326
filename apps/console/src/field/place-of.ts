import type { Area, Position, Text, WorkOrder } from '@sc/contracts';
import { middleOf } from '../pages/map/shapes.js';

type Placed = Pick<WorkOrder, 'areaId' | 'areaName' | 'position'>;

/** Who stands in the community needs no district; a room's own name is last. */
const wayKinds: readonly Area['kind'][] = ['community', 'duty-grid', 'building', 'room'];

/** From the community to the room, as somebody who is sent there would be told. */
export function wayTo(areas: readonly Area[], { areaId, areaName }: Placed): { id: string; name: Text }[] {
  const known = new Map(areas.map((area) => [area.id, area]));
  const area = known.get(areaId);
  // Where a building is known, the grid it lies in helps nobody to find it.
  const way = area?.path.flatMap((id) => known.get(id) ?? []).filter(({ kind }) => wayKinds.includes(kind)) ?? [];
  const inBuilding = way.some(({ kind }) => kind === 'building');
  const told = way.filter(({ kind }) => !(inBuilding && kind === 'duty-grid'));
  return told.length ? told.map(({ id, name }) => ({ id, name })) : [{ id: areaId, name: areaName }];
}

/** Where the map points: the place of the order, else the middle of the smallest area around it that has a shape. */
export function targetOf(areas: readonly Area[], { areaId, position }: Placed): Position | undefined {
  if (position) return position;
  const known = new Map(areas.map((area) => [area.id, area]));
  const around = known.get(areaId)?.path.toReversed() ?? [];
  return around
    .flatMap((id) => known.get(id) ?? [])
    .map(middleOf)
    .find(Boolean);
}
