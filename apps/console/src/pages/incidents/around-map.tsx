import type { Alarm, Area, Device } from '@sc/contracts';
import { useMemo, useState } from 'react';
import '../../styles/map.css';
import { choiceOf, type Pick } from '../map/choice.js';
import MapCanvas from '../map/map-canvas.js';
import { shownDevices, urgentMarks } from '../map/marks.js';
import type { MapData } from '../map/use-data.js';

const nothing: never[] = [];
const choice = choiceOf(new URLSearchParams('layers=areas,devices,alarms'));

/** The building of an incident, with what hangs in it. */
export default function AroundMap({ area, devices, alarms }: { area: Area; devices: Device[]; alarms: Alarm[] }) {
  const [pick, setPick] = useState<Pick>();
  const data = useMemo((): MapData => {
    const areasById = new Map([[area.id, area]]);
    const all = devices.map((device) => {
      const own = alarms.filter(({ deviceId }) => deviceId === device.id);
      return own.length ? { ...device, alarms: own } : device;
    });
    return {
      filter: choice,
      areas: [area],
      areasById,
      allDevices: all,
      devices: shownDevices(all, areasById, choice),
      urgent: urgentMarks(all, areasById),
      allOrders: nothing,
      cases: nothing,
      spots: nothing,
      rounds: nothing,
    };
  }, [area, devices, alarms]);
  return (
    <MapCanvas data={data} choice={{ ...choice, pick }} onView={() => undefined} onPick={setPick} fit={0} flight={0} />
  );
}
