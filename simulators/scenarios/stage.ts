import { deviceSchema, type Position } from '@sc/contracts';
import { devicePath, ensureArea, registerDevice, type DeviceLogin, type PlatformClient } from '../client/index.js';
import type { Scenario } from './scenario.js';

export interface Stage {
  areaId: string;
  /** By the scenario's key. */
  devices: Map<string, DeviceLogin>;
  /** Takes the devices away again, so that nobody is sent after their silence; what happened stays. */
  strike(): Promise<void>;
}

export interface StageOptions {
  client: PlatformClient;
  community: string;
  /** Duty grid under which the building stands. */
  gridId: string;
  /** Distinguishes this run's building and devices from those of every other. */
  run: string;
}

/** Free ground in the demo's first duty grid. */
const ground: Position = [120.21517, 30.20432];

/**
 * A building of its own for one run, made through the public API: so a run finds no incident open from before and its
 * expectations are exact, however often it is played.
 */
export async function setStage(scenario: Scenario, { client, community, gridId, run }: StageOptions): Promise<Stage> {
  const areaId = `sim-${run}`;
  await ensureArea(client, {
    id: areaId,
    kind: 'building',
    parentId: gridId,
    name: { 'zh-CN': `演练：${scenario.title['zh-CN']}`, en: `Drill: ${scenario.title.en}` },
    shape: null,
    households: 1,
  });
  for (const { key, name } of scenario.rooms)
    await ensureArea(client, {
      id: `${areaId}-${key}`,
      kind: 'room',
      parentId: areaId,
      name,
      shape: null,
      households: null,
    });
  const devices = new Map<string, DeviceLogin>();
  for (const { key, room, domain, name } of scenario.devices) {
    const login = await registerDevice(client, {
      community,
      device: `sim-${run}-${key}`,
      domain,
      name,
      areaId: `${areaId}-${room}`,
      position: ground,
      placement: null,
    });
    devices.set(key, login);
  }
  const strike = async (): Promise<void> => {
    for (const { id } of devices.values()) await client.post(deviceSchema, `${devicePath(id)}/retire`);
  };
  return { areaId, devices, strike };
}
