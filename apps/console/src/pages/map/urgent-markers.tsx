import { Marker, type Map as MapLibre } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { SeverityIcon } from '../../components/severity-badge.js';
import { useText } from '../../lib/use-words.js';
import type { UrgentMark } from './marks.js';

/** More than these would only be drawn: the keyboard has the search and the list. */
const mostButtons = 200;

/** Danger to life: never in a cluster, above everything, moving while nobody has seen it; buttons, so that the keyboard reaches them. */
export function UrgentMarkers({
  map,
  marks,
  onPick,
}: {
  map: MapLibre;
  marks: UrgentMark[];
  onPick: (id: string) => void;
}) {
  return marks
    .slice(0, mostButtons)
    .map((mark) => <Mark key={mark.device.id} map={map} mark={mark} onPick={() => onPick(mark.device.id)} />);
}

function Mark({ map, mark: { alarm, device, at }, onPick }: { map: MapLibre; mark: UrgentMark; onPick: () => void }) {
  const text = useText();
  const [element] = useState(() => document.createElement('div'));
  const [lon, lat] = at;
  useEffect(() => {
    const marker = new Marker({ element }).setLngLat([lon, lat]).addTo(map);
    return () => void marker.remove();
  }, [map, element, lon, lat]);
  return createPortal(
    <button
      type="button"
      className={`map-alarm severity-${alarm.severity} ${alarm.state === 'unacknowledged' ? 'map-alarm-unseen' : ''}`}
      aria-label={`${text(alarm.title)}, ${device.name}`}
      title={`${text(alarm.title)} · ${device.name}`}
      onClick={onPick}
    >
      <SeverityIcon severity={alarm.severity} size={14} />
    </button>,
    element,
  );
}
