import type { Area, Position, Severity } from '@sc/contracts';
import { LngLatBounds, Map as MapLibre, Marker, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../app/session.js';
import { useTheme } from '../app/theme.js';
import { useText } from '../lib/use-words.js';
import { palettes } from '../pages/map/palette.js';
import { areaFeatures, middleOf } from '../pages/map/shapes.js';
import { mapStyle } from '../pages/map/style.js';
import { metresBetween, type Here } from './metres.js';
import { hereNow } from './position.js';

// Its own worker file, served by us: no tile server and no network of others.
setWorkerUrl(workerUrl);

interface Props {
  areas: Area[];
  target: Position;
  /** False: the middle of its area, since nobody said more exactly. */
  isExact: boolean;
  severity: Severity;
}

/** Only what lies about: the next buildings are what one finds the way by. */
const namesWithinMetres = 250;
/** Farther away one looks where it is, not how to get there. */
const togetherWithinMetres = 3_000;

/** Where to go, drawn from the areas this phone has: works without a network. Asks for the own place once, where allowed. */
export default function OrderMap({ areas, target, isExact, severity }: Props) {
  const { t } = useTranslation('field');
  const text = useText();
  const theme = useTheme();
  const { id } = usePerson();
  const box = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState<Here>();
  const [lon, lat] = target;

  useEffect(() => {
    let isOpen = true;
    void hereNow(id).then((found) => isOpen && setHere(found));
    return () => {
      isOpen = false;
    };
  }, [id]);

  useEffect(() => {
    if (!box.current) return;
    const to: Here = [lon, lat];
    const map = new MapLibre({
      container: box.current,
      style: withAreas(palettes[theme], areas),
      attributionControl: false,
      center: to,
      zoom: 17,
      maxPitch: 0,
      dragRotate: false,
      // One thumb scrolls the page, two move the map.
      cooperativeGestures: true,
    });
    mark(map, to, `field-mark severity-${severity}`);
    for (const area of areas) {
      const at = area.kind === 'building' ? middleOf(area) : undefined;
      if (at && metresBetween(to, [at[0], at[1]]) < namesWithinMetres) mark(map, at, 'map-label', text(area.name));
    }
    if (here) {
      mark(map, here, 'field-here');
      if (metresBetween(here, to) < togetherWithinMetres)
        map.fitBounds(new LngLatBounds(here, here).extend(to), { padding: 56, animate: false, maxZoom: 18 });
    }
    return () => map.remove();
  }, [areas, here, lat, lon, severity, text, theme]);

  const metres = here && Math.round(metresBetween(here, [lon, lat]) / 10) * 10;
  return (
    <>
      <div ref={box} className="field-map" role="region" aria-label={t('mapLabel')} />
      <p className="muted">
        {[isExact ? '' : t('mapArea'), metres === undefined ? '' : t('away', { metres })].filter(Boolean).join(' · ')}
      </p>
    </>
  );
}

function withAreas(palette: (typeof palettes)['light' | 'dark'], areas: readonly Area[]) {
  const style = mapStyle(palette);
  return { ...style, sources: { ...style.sources, areas: { type: 'geojson' as const, data: areaFeatures(areas) } } };
}

function mark(map: MapLibre, at: Position, className: string, words = ''): void {
  const element = document.createElement('div');
  element.className = className;
  element.textContent = words;
  new Marker({ element }).setLngLat([at[0], at[1]]).addTo(map);
}
