import type { Position } from '@sc/contracts';
import type { GeoJSONSource, Map as MapLibre, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useEffectEvent } from 'react';
import type { MapView, Pick } from './choice.js';
import { clickable } from './layers.js';

interface Told {
  onPick: (pick: Pick | undefined) => void;
  /** Devices that stand in one spot. */
  onHeap: (heap: { at: Position; ids: string[] } | undefined) => void;
  onView: (view: MapView) => void;
}

/** Pixels beside a mark that still mean it. */
const slack = 3;
const mostInHeap = 50;
const kinds: Record<string, Pick['kind']> = { cases: 'case', 'blind-spots': 'area' };

/** Clicks on marks, and where one looks. */
export function useClicks(map: MapLibre | undefined, told: Told): void {
  const moved = useEffectEvent(() => {
    if (!map) return;
    const { lng, lat } = map.getCenter();
    told.onView({ longitude: lng, latitude: lat, zoom: map.getZoom() });
  });
  const clicked = useEffectEvent(async ({ point: { x, y } }: MapMouseEvent) => {
    if (!map) return;
    const hits = hitsAt(map, x, y);
    const hit = hits[0];
    const ids = hits.filter(({ layer }) => layer.id === hit?.layer.id).map(idOf);
    const several = hit?.layer.id === 'devices' && new Set(ids).size > 1;
    const cluster = hit?.layer.id === 'clusters' ? await openCluster(map, hit) : undefined;
    const heap = several ? { at: placeOf(hit), ids: [...new Set(ids)] } : cluster;
    told.onHeap(heap);
    const single = hit && hit.layer.id !== 'clusters' && !several;
    told.onPick(single ? { kind: kinds[hit.layer.id] ?? 'device', id: idOf(hit) } : undefined);
  });
  useEffect(() => {
    if (!map) return;
    const onMoved = () => moved();
    const onClick = (event: MapMouseEvent) => void clicked(event);
    const onOver = ({ point: { x, y } }: MapMouseEvent) => {
      map.getCanvas().style.cursor = hitsAt(map, x, y).length ? 'pointer' : '';
    };
    map.on('moveend', onMoved);
    map.on('click', onClick);
    map.on('mousemove', onOver);
    return () => {
      map.off('moveend', onMoved);
      map.off('click', onClick);
      map.off('mousemove', onOver);
    };
  }, [map]);
}

/** Marks under a point, topmost layer first. */
function hitsAt(map: MapLibre, x: number, y: number): MapGeoJSONFeature[] {
  const layers = clickable.filter((layer) => map.getLayer(layer));
  const hits = map.queryRenderedFeatures(
    [
      [x - slack, y - slack],
      [x + slack, y + slack],
    ],
    { layers },
  );
  return layers.flatMap((layer) => hits.filter((hit) => hit.layer.id === layer));
}

/** Goes nearer until it falls apart; what stays together stands in one spot, and is named. */
async function openCluster(
  map: MapLibre,
  hit: MapGeoJSONFeature,
): Promise<{ at: Position; ids: string[] } | undefined> {
  const source = map.getSource<GeoJSONSource>('devices');
  const cluster: unknown = hit.properties['cluster_id'];
  if (!source || typeof cluster !== 'number') return undefined;
  const leaves = await source.getClusterLeaves(cluster, mostInHeap, 0);
  const at = placeOf(hit);
  const spots = new Set(leaves.map((leaf) => placeOf(leaf).join(',')));
  if (spots.size === 1) return { at, ids: leaves.map(idOf) };
  const zoom = await source.getClusterExpansionZoom(cluster);
  map.easeTo({ center: [at[0], at[1]], zoom: zoom + 0.1, animate: !isStill() });
  return undefined;
}

const idOf = ({ properties }: GeoJSON.Feature): string => String(properties?.['id']);
const placeOf = ({ geometry }: GeoJSON.Feature): [number, number] => {
  const [lon = 0, lat = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
  return [lon, lat];
};
/** Somebody who asked for no motion is taken there at once. */
export const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
