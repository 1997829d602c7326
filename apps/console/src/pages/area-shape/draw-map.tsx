import type { Area, Position } from '@sc/contracts';
import { Marker, type LayerSpecification, type Map as MapLibre } from 'maplibre-gl';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/theme.js';
import { useText } from '../../lib/use-words.js';
import { useGridNames } from '../map/area-labels.js';
import { palettes, type Palette } from '../map/palette.js';
import { areaFeatures, boundsOf } from '../map/shapes.js';
import { mapStyle, noFeatures } from '../map/style.js';
import { useMap } from '../map/use-map.js';
import { useSource } from '../map/use-source.js';
import { type Draft, isSame, withOuters } from './draft.js';
import { Drawing } from './drawing.js';

interface Props {
  area: Area;
  /** What lies around it, without itself. */
  around: Area[];
  /** Positions of its devices. */
  devices: Position[];
  draft: Draft;
  onDraft: (draft: Draft) => void;
  drawing: boolean;
  onDrawing: (on: boolean) => void;
  /** A place to be looked at. */
  shown: { at: Position } | undefined;
}

/** The border under the pointer, over what lies around it and as it is saved now. */
export default function DrawMap({ area, around, devices, draft, onDraft, drawing, onDrawing, shown }: Props) {
  const { t } = useTranslation('map');
  const text = useText();
  const theme = useTheme();
  const { box, map, styled } = useMap(styleOf);
  const tool = useRef<Drawing>(undefined);
  /** What the pointer drew last: that alone needs not be shown again. */
  const own = useRef<Draft>(null);

  const ground = useMemo(() => areaFeatures(around, ({ name }) => text(name)), [around, text]);
  useSource(map, styled, 'areas', ground);
  const saved = useMemo(() => areaFeatures([area]), [area]);
  useSource(map, styled, 'saved', saved);
  const stands = useMemo(
    () => ({ type: 'MultiPoint' as const, coordinates: devices.map(([lon, lat]) => [lon, lat]) }),
    [devices],
  );
  useSource(map, styled, 'stands', stands);
  useGridNames(map, around);

  const changed = useEffectEvent((outers: Parameters<typeof withOuters>[1]) => {
    const next = withOuters(draft, outers);
    own.current = next;
    onDraft(next);
    // Parts have got other numbers: shown anew, they know them.
    if (outers.some(({ part }, index) => part !== index)) own.current = null;
  });
  const drawingIs = useEffectEvent((on: boolean) => onDrawing(on));
  const showNow = useEffectEvent(() => tool.current?.show(draft));
  useEffect(() => {
    if (!map || !styled) return;
    const made = new Drawing(map, palettes[theme], {
      changed: (outers) => changed(outers),
      drawing: (on) => drawingIs(on),
    });
    tool.current = made;
    showNow();
    return () => {
      tool.current = undefined;
      // A change of colours took its layers away with the style.
      if (map.getLayer('td-point')) made.stop();
    };
    // Anew with every style: it keeps its layers in it. The theme comes with the style.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, styled]);

  useEffect(() => {
    if (!draft || !isSame(draft, own.current)) tool.current?.show(draft);
  }, [draft]);
  useEffect(() => {
    if (drawing) tool.current?.begin();
    else showNow();
  }, [drawing]);

  useEffect(() => {
    const bounds = boundsOf(area.shape ? [area] : around.filter(({ id }) => area.path.includes(id)), []);
    const all = bounds ?? boundsOf(around, []);
    if (map && all) map.fitBounds(all, { padding: 60, animate: false, maxZoom: 19 });
    // Only at first: the view must not jump while somebody draws.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map]);
  useShown(map, shown);

  return (
    <div ref={box} className="map-canvas" role="region" aria-label={t('shape.title', { name: text(area.name) })} />
  );
}

/** Goes to a place and marks it. */
function useShown(map: MapLibre | undefined, shown: { at: Position } | undefined): void {
  useEffect(() => {
    if (!map || !shown) return;
    const [lon, lat] = shown.at;
    const element = document.createElement('div');
    element.className = 'map-shown';
    const marker = new Marker({ element }).setLngLat([lon, lat]).addTo(map);
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 17), animate: false });
    return () => void marker.remove();
  }, [map, shown]);
}

const styleOf = (c: Palette) => {
  const above: LayerSpecification[] = [
    {
      id: 'saved',
      type: 'line',
      source: 'saved',
      paint: { 'line-color': c.text, 'line-width': 1.5, 'line-dasharray': [3, 2], 'line-opacity': 0.7 },
    },
    {
      id: 'stands',
      type: 'circle',
      source: 'stands',
      paint: {
        'circle-radius': 3,
        'circle-color': c.neverSeen,
        'circle-stroke-color': c.halo,
        'circle-stroke-width': 1,
      },
    },
  ];
  const style = mapStyle(c, above);
  const empty = { type: 'geojson' as const, data: noFeatures() };
  return { ...style, sources: { ...style.sources, saved: empty, stands: empty } };
};
