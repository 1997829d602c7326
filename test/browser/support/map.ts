import {
  type AreaShapeCheck,
  areaShapeCheckSchema,
  type BlindSpots,
  blindSpotsSchema,
  checkAreaShapeSchema,
  type MapDevices,
  mapDevicesSchema,
  polygonsOf,
  shapeSchema,
} from '@sc/contracts';
import type { Site } from './fixtures.js';

/** The devices of the site with their open alarms; with ids only those. */
export function mapDevices(site: Site, ids?: readonly string[]): MapDevices {
  const items = site.devices
    .filter(({ id, state }) => state === 'registered' && (!ids || ids.includes(id)))
    .map((device) => {
      const alarms = site.alarms.filter(({ deviceId, state }) => deviceId === device.id && state !== 'normal');
      return { ...device, ...(alarms.length ? { alarms } : {}) };
    });
  return mapDevicesSchema.parse({ items, truncated: false });
}

/** One building without a detector, one whose detectors are deaf. */
export function someBlindSpots({ areas, devices }: Site): BlindSpots {
  const [bare, deaf] = areas.filter(({ kind }) => kind === 'building');
  const one = devices.find(({ domain }) => domain === 'fire');
  const items = [
    bare && { areaId: bare.id, shownOn: bare.id, reason: 'no-device', count: 0, devices: [] },
    deaf &&
      one && {
        areaId: deaf.id,
        shownOn: deaf.id,
        reason: 'not-working',
        count: 1,
        devices: [{ id: one.id, name: one.name, lastSeenAt: one.lastSeenAt, why: 'silent' }],
      },
  ].flatMap((spot) => (spot ? [{ ...spot, domain: 'fire', lifeSafety: true }] : []));
  return blindSpotsSchema.parse({ items, truncated: false, count: items.length, at: new Date().toISOString() });
}

/** Says of every shape that it can be saved; what is wrong with one is the platform's to judge. */
export function shapeCheck(body: unknown): AreaShapeCheck {
  const shape = shapeSchema.parse(checkAreaShapeSchema.parse(body).shape);
  return areaShapeCheckSchema.parse({
    issues: [],
    shape,
    squareMetres: 1620,
    corners: polygonsOf(shape).reduce((sum, [outer]) => sum + outer!.length - 1, 0),
    strayAreas: [],
    strayDevices: { count: 0, items: [] },
  });
}
