import { createAreaSchema, registerDeviceSchema, type Position } from '@sc/contracts';
import { domains } from '@sc/domains';
import { areas, buildings, dutyGrids } from './areas.js';
import { devices, handDevice } from './devices.js';
import { officersOf, people } from './people.js';

const ringOf = (id: string): Position[] => areas.find((a) => a.id === id)!.shape!.coordinates[0] as Position[];

/** Ray casting: an odd number of edges to the east means inside. */
function contains(ring: Position[], [x, y]: Position): boolean {
  let odd = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1]!, ring[i]!];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}

const areaOf = (ring: Position[]): number =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]) / 2, 0);

describe('demo catalogue', () => {
  it('fits the contracts: areas, devices', () => {
    for (const area of areas) expect(createAreaSchema.parse(area)).toEqual(area);
    for (const { simulated: _, ...device } of devices) expect(registerDeviceSchema.parse(device)).toEqual(device);
  });

  it('names every area and device once, parents before children', () => {
    const seen = new Set<string>();
    for (const { id, parentId } of areas) {
      expect(seen.has(id)).toBe(false);
      if (parentId !== null) expect(seen).toContain(parentId);
      seen.add(id);
    }
    expect(new Set(devices.map((d) => d.device)).size).toBe(devices.length);
    for (const { areaId } of [...devices, ...people]) expect(seen).toContain(areaId);
  });

  it('has three duty grids of 300 to 400 households that tile the community', () => {
    for (const id of dutyGrids) {
      const households = areas.find((a) => a.id === id)!.households!;
      expect(households).toBeGreaterThanOrEqual(300);
      expect(households).toBeLessThanOrEqual(400);
    }
    const whole = areaOf(ringOf('sunshine'));
    const parts = dutyGrids.reduce((sum, id) => sum + areaOf(ringOf(id)), 0);
    expect(Math.abs(parts / whole - 1)).toBeLessThan(1e-6);
  });

  it('keeps buildings in their grid, devices in their building or, outdoors, in their grid beside the buildings', () => {
    for (const { id, grid } of buildings)
      for (const corner of ringOf(id)) expect([id, contains(ringOf(grid), corner)]).toEqual([id, true]);
    for (const { device, areaId, position } of devices) {
      const building = buildings.find(({ id }) => areaId === id || areaId.startsWith(`${id}-`));
      expect([device, contains(ringOf(building?.id ?? areaId), position!)]).toEqual([device, true]);
      const within = buildings.filter(({ id }) => contains(ringOf(id), position!)).map(({ id }) => id);
      expect([device, within]).toEqual([device, building ? [building.id] : []]);
    }
  });

  it('has about forty fire devices and a handful of every other kind, one for a person to try by hand', () => {
    const count = (domain: string) => devices.filter((device) => device.domain === domain).length;
    expect(count('fire')).toBe(42);
    expect(domains.map(({ name }) => name).filter((name) => count(name) < 4)).toEqual([]);
    expect(devices.length).toBeLessThan(90);
    expect(devices.filter((d) => !d.simulated).map((d) => `${d.community}/${d.device}`)).toEqual([handDevice]);
  });

  it('gives each grid its two officers, and an admin, a manager and two operators', () => {
    dutyGrids.forEach((grid, i) =>
      expect(people.filter((p) => p.areaId === grid).map((p) => p.login)).toEqual(officersOf(i)),
    );
    const count = (role: string) => people.filter((p) => p.role === role).length;
    expect([count('admin'), count('manager'), count('operator'), count('officer')]).toEqual([1, 1, 2, 6]);
  });
});
