import { Map as MapLibre, NavigationControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTheme } from '../../app/theme.js';
import { drawMark, markScale } from './draw-mark.js';
import { palettes, type Palette } from './palette.js';
import type { MapView } from './choice.js';

// Its own worker file, served by us: no tile server and no network of others.
setWorkerUrl(workerUrl);

/** A map in the element that gets `box`, in the colours of the theme; `styled` counts up when it is ready for its data, first or after a change of colours. */
export function useMap(
  styleOf: (colours: Palette) => StyleSpecification,
  view?: MapView,
): { box: RefObject<HTMLDivElement | null>; map?: MapLibre; styled: number } {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [map, setMap] = useState<MapLibre>();
  const [styled, setStyled] = useState(0);

  useEffect(() => {
    if (!box.current) return;
    const instance = new MapLibre({
      container: box.current,
      attributionControl: false,
      center: view ? [view.longitude, view.latitude] : [0, 0],
      zoom: view?.zoom ?? 14,
      maxPitch: 0,
      dragRotate: false,
    });
    instance.touchZoomRotate.disableRotation();
    instance.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    setMap(instance);
    return () => {
      setMap(undefined);
      instance.remove();
    };
    // Where it begins; from then on it is moved by people.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    if (!map) return;
    const colours: Palette = palettes[theme];
    map.setMissingStyleImageResolver((id) => {
      const image = drawMark(id, colours);
      if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: markScale });
    });
    const ready = () => setStyled((n) => n + 1);
    map.once('style.load', ready);
    map.setStyle(styleOf(colours), { diff: false });
    return () => void map.off('style.load', ready);
  }, [map, theme, styleOf]);

  return { box, map, styled };
}
