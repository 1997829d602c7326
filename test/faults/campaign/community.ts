import type { DemoFile } from '@sc/contracts';
import { ensureArea, type PlatformClient, registerDevice } from '../../../simulators/client/index.js';
import type { LoadDevice } from './publishers.js';
import { parts, type StoryDevice } from './story.js';

const publishers = 50;
/** Some of the load comes through the lane of life safety. */
const fireEvery = 5;

const text = (words: string) => ({ 'zh-CN': words, en: words });

/** Devices of the load, twice as many as publish at a time: the second half sends the ten minutes of the past. */
export async function registerLoad(admin: PlatformClient, { community }: DemoFile): Promise<LoadDevice[]> {
  const areaId = await building(admin, community, 'load', 0);
  const devices: LoadDevice[] = [];
  for (let n = 0; n < 2 * publishers; n += 1) {
    const domain = n % fireEvery === 0 ? 'fire' : 'sanitation';
    const login = await register(admin, { community, device: `load-${n}`, domain, areaId });
    const names = ['temperature', domain === 'fire' ? 'smoke' : 'fillPercent', 'battery'] as const;
    devices.push({ login, topic: topicOf(login), names });
  }
  return devices;
}

export const loadPublishers = publishers;

/** Two buildings and five devices that nothing else has happened to. */
export async function registerStory(
  admin: PlatformClient,
  { community }: DemoFile,
  round: number,
): Promise<StoryDevice[]> {
  const buildings = [await building(admin, community, 'a', round), await building(admin, community, 'b', round)];
  const devices: StoryDevice[] = [];
  for (const part of parts) {
    const areaId = buildings[part.building - 1]!;
    const device = `round-${round}-${part.name}`;
    const login = await register(admin, { community, device, domain: part.domain, areaId });
    devices.push({ part, login, topic: topicOf(login) });
  }
  return devices;
}

const topicOf = ({ id, domain }: { id: string; domain: string }) => `sc/${domain}/${id}/telemetry`;

async function building(admin: PlatformClient, community: string, name: string, round: number): Promise<string> {
  const id = `${community}-faults-${name}-${round}`;
  const parentId = `${community}-grid-${(round % 3) + 1}`;
  await ensureArea(admin, { id, kind: 'building', parentId, name: text(id), shape: null, households: 50 });
  return id;
}

const register = (
  admin: PlatformClient,
  device: { community: string; device: string; domain: string; areaId: string },
) => registerDevice(admin, { ...device, name: device.device, position: null, placement: null });
