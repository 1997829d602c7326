import type { Area } from '@sc/contracts';
import { Marker, type Map as MapLibre } from 'maplibre-gl';
import { useEffect } from 'react';
import { useText } from '../../lib/use-words.js';
import { edgeOf } from './shapes.js';

/** Names of duty grids, clear of what stands in them; those of buildings are drawn by the map from near. */
export function useGridNames(map: MapLibre | undefined, areas: readonly Area[]): void {
  const text = useText();
  useEffect(() => {
    if (!map) return;
    const markers = areas.flatMap((area) => {
      const at = area.kind === 'duty-grid' ? edgeOf(area, 'north') : undefined;
      if (!at) return [];
      const element = document.createElement('div');
      element.className = 'map-label';
      element.textContent = text(area.name);
      return [new Marker({ element, anchor: 'top', offset: [0, 6] }).setLngLat([at[0], at[1]]).addTo(map)];
    });
    return () => markers.forEach((marker) => marker.remove());
  }, [map, areas, text]);
}
