import type { Area, Position } from '@sc/contracts';
import { Marker, type MapMouseEvent } from 'maplibre-gl';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { useGridNames } from './area-labels.js';
import { areaFeatures, boundsOf } from './shapes.js';
import { mapStyle } from './style.js';
import { useMap } from './use-map.js';
import { useSource } from './use-source.js';

interface Props {
  areas: Area[];
  /** Looked at first. */
  areaId: string | undefined;
  value: Position | undefined;
  onChange: (at: Position) => void;
}

/** One place, chosen by a click. */
export default function PositionMap({ areas, areaId, value, onChange }: Props) {
  const { t } = useTranslation('map');
  const text = useText();
  const { box, map, styled } = useMap(mapStyle);
  const ground = useMemo(() => areaFeatures(areas, ({ name }) => text(name)), [areas, text]);
  useSource(map, styled, 'areas', ground);
  useGridNames(map, areas);

  const chosen = useEffectEvent(({ lngLat }: MapMouseEvent) => onChange([rounded(lngLat.lng), rounded(lngLat.lat)]));
  useEffect(() => {
    if (!map) return;
    const onClick = (event: MapMouseEvent) => chosen(event);
    map.getCanvas().style.cursor = 'crosshair';
    map.on('click', onClick);
    return () => void map.off('click', onClick);
  }, [map]);
  const [lon, lat] = value ?? [];
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined) return;
    const marker = new Marker().setLngLat([lon, lat]).addTo(map);
    return () => void marker.remove();
  }, [map, lon, lat]);
  useEffect(() => {
    if (!map) return;
    const near = areas.filter(({ id, path }) => path.includes(areaId ?? '') || id === areaId);
    // A room has no border of its own: its building is what one looks for.
    const around = areas.find(({ id }) => id === areaId)?.path ?? [];
    const above = areas.filter(({ id, shape }) => shape && around.includes(id)).at(-1);
    const bounds = boundsOf(near, value ? [{ position: value }] : []) ?? boundsOf(above ? [above] : areas, []);
    if (bounds) map.fitBounds(bounds, { padding: 60, animate: false, maxZoom: 19 });
    // Only at first: the view must not jump when a place is chosen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map]);
  return <div ref={box} className="map-canvas" role="region" aria-label={t('position.title')} />;
}

const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
