import type { Area, Text } from '@sc/contracts';

type Known = Pick<Area, 'id' | 'kind' | 'path' | 'name'>;

/**
 * Names that tell somebody where to go, larger place first: from the building down to the area itself. Where no
 * building is known, the duty grid and the area. `fallback` stands for an area out of the reader's sight.
 */
export function placeNames(areas: ReadonlyMap<string, Known>, areaId: string, fallback?: Text): Text[] {
  const area = areas.get(areaId);
  if (!area) return fallback ? [fallback] : [];
  const known = area.path.flatMap((id) => areas.get(id) ?? []);
  const building = known.findIndex((a) => a.kind === 'building');
  if (building >= 0) return known.slice(building).map((a) => a.name);
  const grid = known.findLast((a) => a.kind === 'duty-grid' && a.id !== area.id);
  return grid ? [grid.name, area.name] : [area.name];
}

/** The names in one line; an unknown area without a fallback is called by its id. */
export function placeText(
  areas: ReadonlyMap<string, Known>,
  text: (name: Text) => string,
  areaId: string,
  fallback?: Text,
): string {
  return placeNames(areas, areaId, fallback).map(text).join(' · ') || areaId;
}
