import type { Area, Position } from '@sc/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { useGridNames } from './area-labels.js';
import type { MapChoice, MapView, Pick } from './choice.js';
import { deskStyle } from './layers.js';
import { caseFeatures, deviceFeatures, spotFeatures, urgentFeatures } from './marks.js';
import { PlaceMarkers } from './place-markers.js';
import { PopupAt } from './popup-at.js';
import { Heap, PickPopup, placeOfPick } from './popups.js';
import { areaFeatures, boundsOf } from './shapes.js';
import { UrgentMarkers } from './urgent-markers.js';
import { isStill, useClicks } from './use-clicks.js';
import type { MapData } from './use-data.js';
import { useMap } from './use-map.js';
import { useSource } from './use-source.js';

interface Props {
  data: MapData;
  choice: MapChoice;
  onView: (view: MapView) => void;
  onPick: (pick: Pick | undefined) => void;
  /** Counts up when the view is to go to what is chosen, or to everything. */
  fit: number;
  /** Counts up when the view is to go to what was picked. */
  flight: number;
}

const noAreas: Area[] = [];
/** Near enough to see a building whole. */
const pickedZoom = 18.5;

export default function MapCanvas({ data, choice, onView, onPick, fit, flight }: Props) {
  const { t } = useTranslation('map');
  const text = useText();
  const { box, map, styled } = useMap(deskStyle, choice.view);
  const [heap, setHeap] = useState<{ at: Position; ids: string[] }>();
  const { areas, areasById, allDevices, devices, urgent, cases, spots, filter } = data;
  const [withAreas, withAlarms] = [filter.layers.has('areas'), filter.layers.has('alarms')];

  const ground = useMemo(() => {
    const shown = withAreas ? areas : areas.filter(({ kind }) => kind === 'community');
    return areaFeatures(shown, ({ name }) => text(name));
  }, [areas, withAreas, text]);
  useSource(map, styled, 'areas', ground);
  const marks = useMemo(() => deviceFeatures(devices, areasById, withAlarms), [devices, areasById, withAlarms]);
  useSource(map, styled, 'devices', marks);
  const dangers = useMemo(() => urgentFeatures(urgent), [urgent]);
  useSource(map, styled, 'urgent', dangers);
  const sheets = useMemo(() => caseFeatures(cases, areasById), [cases, areasById]);
  useSource(map, styled, 'cases', sheets);
  const hatched = useMemo(() => spotFeatures(spots, areasById), [spots, areasById]);
  useSource(map, styled, 'blind-spots', hatched);
  useGridNames(map, withAreas ? areas : noAreas);
  useClicks(map, { onPick, onView, onHeap: setHeap });

  // Only at first and when asked: the view must not move by itself under the eyes.
  const begun = useRef(false);
  useEffect(() => {
    if (!map) return;
    const isGiven = !begun.current && choice.view;
    begun.current = true;
    const { areaId } = choice;
    const scope = areaId ? areas.filter(({ path }) => path.includes(areaId)) : [];
    const bounds = boundsOf(scope, []) ?? boundsOf(areas, allDevices);
    if (bounds && !isGiven) map.fitBounds(bounds, { padding: 48, animate: false, maxZoom: 18 });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, fit]);

  const picked = choice.pick && placeOfPick(choice.pick, data);
  const flown = useRef<number>(undefined);
  useEffect(() => {
    // The address, and with it what was picked, may come a moment after the wish to fly.
    if (!map || !picked || flown.current === flight) return;
    const isLink = flown.current === undefined && flight === 0;
    flown.current = flight;
    const center: [number, number] = [picked[0], picked[1]];
    // A link leads to what it shows; a click never moves what one looks at.
    if (isLink && map.getBounds().contains(center)) return;
    map.flyTo({ center, zoom: Math.max(map.getZoom(), pickedZoom), animate: !isStill() });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, flight, choice.pick?.id]);

  return (
    <>
      <div ref={box} className="map-canvas" role="region" aria-label={t('label')} />
      {map && <UrgentMarkers map={map} marks={urgent} onPick={(id) => onPick({ kind: 'device', id })} />}
      {map && <PlaceMarkers map={map} data={data} onPick={(id) => onPick({ kind: 'area', id })} />}
      {map && choice.pick && picked && (
        <PopupAt key={choice.pick.id} map={map} at={picked} onClose={() => onPick(undefined)}>
          <PickPopup pick={choice.pick} data={data} />
        </PopupAt>
      )}
      {map && heap && (
        <PopupAt map={map} at={heap.at} onClose={() => setHeap(undefined)}>
          <Heap
            devices={allDevices.filter(({ id }) => heap.ids.includes(id))}
            onPick={(id) => {
              setHeap(undefined);
              onPick({ kind: 'device', id });
            }}
          />
        </PopupAt>
      )}
    </>
  );
}
