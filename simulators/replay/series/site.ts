import { deviceSchema } from '@sc/contracts';
import { devicePath, ensureArea, type DeviceLogin, type PlatformClient, registerDevice } from '../../client/index.js';
import type { ReplayDevice } from './story.js';

export const replayGrid = 'sunshine-grid-3';

export interface ReplaySite {
  logins: Map<ReplayDevice, DeviceLogin>;
  areaIds: Set<string>;
  /** Takes the devices away again, so that nobody is sent after their silence; their history stays. */
  strike(): Promise<void>;
}

/**
 * A place of its own for each device of this run, made through the public API: so nothing left from before joins its
 * incidents, and two full bins are two orders.
 */
export async function prepareSite(
  client: PlatformClient,
  devices: readonly ReplayDevice[],
  run: string,
): Promise<ReplaySite> {
  const logins: ReplaySite['logins'] = new Map();
  const areaIds = new Set<string>();
  for (const device of devices) {
    const areaId = `replay-${run}-${device.slug}`;
    await ensureArea(client, {
      id: areaId,
      kind: 'building',
      parentId: replayGrid,
      name: { 'zh-CN': `回放：${device.name}`, en: `Replay: ${device.name}` },
      shape: null,
      households: null,
    });
    areaIds.add(areaId);
    const login = await registerDevice(client, {
      community: 'sunshine',
      device: areaId,
      domain: device.domain,
      name: device.name,
      areaId,
      position: null,
      placement: null,
    });
    logins.set(device, login);
  }
  const strike = async (): Promise<void> => {
    for (const { id } of logins.values()) await client.post(deviceSchema, `${devicePath(id)}/retire`);
  };
  return { logins, areaIds, strike };
}
