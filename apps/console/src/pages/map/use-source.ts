import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { useEffect } from 'react';

/** Puts features on the map, again after every change of its style; the same object is not put twice. */
export function useSource(map: MapLibre | undefined, styled: number, source: string, features: GeoJSON.GeoJSON): void {
  useEffect(() => {
    if (styled) map?.getSource<GeoJSONSource>(source)?.setData(features);
  }, [map, styled, source, features]);
}
