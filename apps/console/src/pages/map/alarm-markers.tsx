import { compareSeverity, type Alarm, type Device } from '@sc/contracts';
import { Marker, type Map as MapLibre } from 'maplibre-gl';
import { useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { SeverityIcon } from '../../components/severity-badge.js';
import { useText } from '../../lib/use-words.js';

interface Props {
  map: MapLibre;
  devices: Device[];
  alarms: Alarm[];
  onPick: (deviceId: string) => void;
}

/** One mark per device with open alarms, wearing the gravest of them; buttons, so that the keyboard reaches them. */
export function AlarmMarkers({ map, devices, alarms, onPick }: Props) {
  const marks = useMemo(() => {
    const gravest = new Map<string, Alarm>();
    for (const alarm of alarms) {
      const known = gravest.get(alarm.deviceId);
      if (!known || compareSeverity(alarm.severity, known.severity) < 0) gravest.set(alarm.deviceId, alarm);
    }
    return devices.flatMap((device) => {
      const alarm = gravest.get(device.id);
      return alarm && device.position ? [{ alarm, device, at: device.position }] : [];
    });
  }, [alarms, devices]);
  return (
    <>
      {marks.map(({ alarm, device, at }) => (
        <Mark key={device.id} map={map} alarm={alarm} at={at} onPick={() => onPick(device.id)} />
      ))}
    </>
  );
}

function Mark({ map, alarm, at, onPick }: { map: MapLibre; alarm: Alarm; at: [number, number]; onPick: () => void }) {
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
      aria-label={`${text(alarm.title)}, ${alarm.deviceName}`}
      title={`${text(alarm.title)} · ${alarm.deviceName}`}
      onClick={onPick}
    >
      <SeverityIcon severity={alarm.severity} size={14} />
    </button>,
    element,
  );
}
