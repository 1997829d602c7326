import type { Area, Round } from '@sc/contracts';
import { SafetyCertificateOutlined, UserOutlined } from '@ant-design/icons';
import { Marker, type Map as MapLibre } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { OnDuty } from '../../lib/on-duty.js';
import { useOnDuty } from '../../lib/use-on-duty.js';
import { useText } from '../../lib/use-words.js';
import { isIn } from './marks.js';
import { edgeOf, spotOf } from './shapes.js';
import type { MapData } from './use-data.js';

interface Props {
  map: MapLibre;
  data: MapData;
  onPick: (areaId: string) => void;
}
const none: never[] = [];

/** Who is on shift and what is looked after, where it is planned: the platform does not know where people are. */
export function PlaceMarkers({ map, data, onPick }: Props) {
  const { areasById, filter, rounds } = data;
  const onDuty = useOnDuty() ?? none;
  const officers = filter.layers.has('officers')
    ? onDuty.filter(({ areaId }) => isIn(areasById, areaId, filter.areaId))
    : none;
  const ids = [...new Set([...officers, ...rounds].map(({ areaId }) => areaId))];
  return ids.map((id) => {
    const area = areasById.get(id);
    // At the lower edge of a grid, clear of what stands in it.
    const at = (area && edgeOf(area, 'south')) ?? spotOf(areasById, id);
    if (!at || !area) return null;
    const here = officers.filter(({ areaId }) => areaId === id);
    const due = rounds.filter(({ areaId }) => areaId === id);
    return <Mark key={id} map={map} at={[at[0], at[1]]} area={area} officers={here} rounds={due} onPick={onPick} />;
  });
}

interface MarkProps {
  map: MapLibre;
  at: [number, number];
  area: Area;
  officers: readonly OnDuty[];
  rounds: readonly Round[];
  onPick: (areaId: string) => void;
}

function Mark({ map, at: [lon, lat], area, officers, rounds, onPick }: MarkProps) {
  const { t } = useTranslation('map');
  const text = useText();
  const [element] = useState(() => document.createElement('div'));
  useEffect(() => {
    const marker = new Marker({ element, anchor: 'bottom', offset: [0, -4] }).setLngLat([lon, lat]).addTo(map);
    return () => void marker.remove();
  }, [map, element, lon, lat]);
  const words = [
    officers.length > 0 && t('onDutyHere', { count: officers.length }),
    rounds.length > 0 && t('roundsHere', { count: rounds.length }),
  ].filter(Boolean);
  return createPortal(
    <button
      type="button"
      className="map-people"
      aria-label={`${text(area.name)}: ${words.join(', ')}`}
      title={[...officers.map(({ name }) => name), ...rounds.map(({ title }) => text(title))].join(', ')}
      onClick={() => onPick(area.id)}
    >
      {officers.length > 0 && (
        <span>
          <UserOutlined aria-hidden /> {officers.length}
        </span>
      )}
      {rounds.length > 0 && (
        <span>
          <SafetyCertificateOutlined aria-hidden /> {rounds.length}
        </span>
      )}
    </button>,
    element,
  );
}
