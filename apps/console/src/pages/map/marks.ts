import {
  type Area,
  type BlindSpot,
  isLifeSafety,
  type Light,
  type MapAlarm,
  type MapDevice,
  type Position,
  type WorkOrder,
} from '@sc/contracts';
import type { MapFilter } from './choice.js';
import { caseMark, deviceMark } from './draw-mark.js';
import { rankOf } from './layers.js';
import { spotOf } from './shapes.js';

type Features = GeoJSON.FeatureCollection;
type Areas = ReadonlyMap<string, Area>;

/** A device with the danger to life that it tells of. */
export interface UrgentMark {
  device: MapDevice;
  alarm: MapAlarm;
  at: Position;
}

export const dangerOf = (device: MapDevice): MapAlarm | undefined =>
  device.alarms?.find(({ severity }) => isLifeSafety(severity));
/** A device without a position stands in the middle of its area. */
export const placeOfDevice = (areas: Areas, { position, areaId }: MapDevice): Position | undefined =>
  position ?? spotOf(areas, areaId);
export const placeOfCase = (areas: Areas, { position, areaId }: WorkOrder): Position | undefined =>
  position ?? spotOf(areas, areaId);
export const isReport = ({ source }: WorkOrder): boolean => source === 'resident';

export const isIn = (areas: Areas, areaId: string, scope: string | undefined): boolean =>
  !scope || Boolean(areas.get(areaId)?.path.includes(scope));

/** Danger to life is drawn whatever is switched off or filtered: a map that hides it would be worse than none. */
export const urgentMarks = (devices: readonly MapDevice[], areas: Areas): UrgentMark[] =>
  devices.flatMap((device) => {
    const [alarm, at] = [dangerOf(device), placeOfDevice(areas, device)];
    return alarm && at ? [{ device, alarm, at }] : [];
  });

/** What is shown of the other devices. */
export function shownDevices(devices: readonly MapDevice[], areas: Areas, filter: MapFilter): MapDevice[] {
  const { layers, areaId, kinds, states } = filter;
  const [all, alarming] = [layers.has('devices'), layers.has('alarms')];
  return devices.filter(
    (device) =>
      ((all && (states.size === 0 || states.has(device.connection))) || (alarming && device.alarms)) &&
      (kinds.size === 0 || kinds.has(device.domain)) &&
      isIn(areas, device.areaId, areaId) &&
      !dangerOf(device),
  );
}

export const shownCases = (orders: readonly WorkOrder[], areas: Areas, filter: MapFilter): WorkOrder[] =>
  orders.filter(
    (order) => filter.layers.has(isReport(order) ? 'reports' : 'cases') && isIn(areas, order.areaId, filter.areaId),
  );

export const shownSpots = (spots: readonly BlindSpot[], areas: Areas, filter: MapFilter): BlindSpot[] =>
  filter.layers.has('blind-spots')
    ? spots.filter(
        ({ areaId, domain }) =>
          isIn(areas, areaId, filter.areaId) && (filter.kinds.size === 0 || filter.kinds.has(domain)),
      )
    : [];

/** `alarms`: whether alarms that are no danger to life are on. */
export const deviceFeatures = (devices: readonly MapDevice[], areas: Areas, alarms: boolean): Features => ({
  type: 'FeatureCollection',
  features: devices.flatMap((device): GeoJSON.Feature[] => {
    const severity = alarms ? device.alarms?.[0]?.severity : undefined;
    // Not where its area is: thousands in one spot would be one heap. They are counted beside the map, and found by search.
    if (!device.position && !severity) return [];
    const at = placeOfDevice(areas, device);
    return point(at, {
      id: device.id,
      mark: deviceMark(device.domain, device.connection, severity),
      rank: rankOf(severity),
      offline: device.connection === 'offline' ? 1 : 0,
    });
  }),
});

export const urgentFeatures = (marks: readonly UrgentMark[]): Features => ({
  type: 'FeatureCollection',
  features: marks.flatMap(({ device, alarm, at }) =>
    point(at, { id: device.id, mark: deviceMark(device.domain, device.connection, alarm.severity) }),
  ),
});

const lightRanks: Record<Light, number> = { none: 0, normal: 1, warning: 2, overdue: 3 };
export const caseFeatures = (orders: readonly WorkOrder[], areas: Areas): Features => ({
  type: 'FeatureCollection',
  features: orders.flatMap((order) => {
    const light = order.clock?.light ?? 'none';
    return point(placeOfCase(areas, order), {
      id: order.id,
      mark: caseMark(light, isReport(order)),
      rank: lightRanks[light],
    });
  }),
});

/** Places once, however many kinds are missing there. */
export const spotFeatures = (spots: readonly BlindSpot[], areas: Areas): Features => ({
  type: 'FeatureCollection',
  features: [...new Set(spots.flatMap(({ shownOn }) => shownOn ?? []))].flatMap((id): GeoJSON.Feature[] => {
    const shape = areas.get(id)?.shape;
    return shape ? [{ type: 'Feature', geometry: shape, properties: { id } }] : [];
  }),
});

const point = (at: Position | undefined, properties: Record<string, string | number>): GeoJSON.Feature[] =>
  at ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties }] : [];
