import { ensureArea, RefusedError, registerDevice } from '../../dist/simulators/client/index.js';

const text = (words) => ({ 'zh-CN': words, en: words });

/** New buildings spread over the demo's duty grids. @returns their ids */
export async function makeBuildings({ admin, demo }, prefix, count) {
  const ids = [];
  for (let n = 1; n <= count; n += 1) {
    const id = `${demo.community}-${prefix}-b${n}`;
    const parentId = `${demo.community}-grid-${(n % 3) + 1}`;
    await ensureArea(admin, { id, kind: 'building', parentId, name: text(id), shape: null, households: 50 });
    ids.push(id);
  }
  return ids;
}

/** New devices, spread evenly over the areas, registered through the API as an administrator does. */
export async function makeDevices({ admin, demo }, { prefix, count, domain, areaIds }) {
  const logins = [];
  for (let n = 1; n <= count; n += 1) {
    // Names of one length: then all packets of a load are of one length too.
    const device = `${prefix}-${String(n).padStart(4, '0')}`;
    const areaId = areaIds[n % areaIds.length];
    const place = { name: device, areaId, position: null, placement: null };
    const login = await registerDevice(admin, { community: demo.community, device, domain, ...place });
    logins.push({ ...login, areaId });
  }
  return logins;
}

/**
 * Devices outside the life-safety lane; of a platform that knows only fire, fire detectors, which then share the lane with
 * the alarms.
 */
export async function makeBackground(platform, devices) {
  try {
    return await makeDevices(platform, { ...devices, domain: 'sanitation' });
  } catch (error) {
    if (!(error instanceof RefusedError && error.status === 400)) throw error;
    return makeDevices(platform, { ...devices, domain: 'fire' });
  }
}
