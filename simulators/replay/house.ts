import { deviceDetailSchema, type CreateArea, type Position, type RegisterDevice } from '@sc/contracts';
import {
  devicePath,
  ensureArea,
  type DeviceLogin,
  type PlatformClient,
  RefusedError,
  registerDevice,
} from '../client/index.js';

/** South of the buildings of the demo's third duty grid: free ground for houses that burn, six in a row. */
const ground: Position = [120.2184, 30.204795];
const plots = 6;
const plotDegrees = 0.00024;
const houseDegrees = 0.00018;
const houseGrid = 'sunshine-grid-3';

export interface House {
  areaId: string;
  /** Login and room of each station's device, by letter. */
  stations: Map<string, { login: DeviceLogin; roomId: string }>;
}

/**
 * The house of the experiment as a building of the demo community, a room and a device for each station, made through the
 * public API. A device that has already spoken is left with its history: its readings lie where ours would, so the station
 * gets a new device beside it.
 */
export async function prepareHouse(
  client: PlatformClient,
  slug: string,
  name: string,
  letters: string[],
): Promise<House> {
  const areaId = `sunshine-nist-${slug}`;
  const corner = plotOf(slug);
  await ensureArea(client, houseArea(areaId, name, corner));
  const stations: House['stations'] = new Map();
  for (const [i, letter] of letters.entries()) {
    const roomId = `${areaId}-${letter.toLowerCase()}`;
    await ensureArea(client, {
      id: roomId,
      kind: 'room',
      parentId: areaId,
      name: { 'zh-CN': `测点 ${letter}`, en: `Station ${letter}` },
      shape: null,
      households: null,
    });
    const login = await freshDevice(client, {
      community: 'sunshine',
      device: `nist-${slug}-${letter.toLowerCase()}`,
      domain: 'fire',
      name: `NIST ${name} · ${letter}`,
      areaId: roomId,
      position: [
        Number((corner[0] + ((i + 0.5) / letters.length) * houseDegrees).toFixed(7)),
        Number((corner[1] + houseDegrees / 4).toFixed(7)),
      ],
      placement: '距顶棚2厘米 · 2 cm below the ceiling',
    });
    stations.set(letter, { login, roomId });
  }
  return { areaId, stations };
}

const mostReplays = 1000;

async function freshDevice(client: PlatformClient, device: RegisterDevice): Promise<DeviceLogin> {
  for (let run = 1; run <= mostReplays; run += 1) {
    const name = run === 1 ? device.device : `${device.device}-${run}`;
    if (await isKnown(client, `${device.community}/${name}`)) continue;
    try {
      return await registerDevice(client, { ...device, device: name });
    } catch (error) {
      // Another replay was faster with this name.
      if (!(error instanceof RefusedError && error.problem?.code === 'already-exists')) throw error;
    }
  }
  throw new Error(`${device.device} was replayed ${mostReplays} times; start with an empty DATA_DIR`);
}

async function isKnown(client: PlatformClient, id: string): Promise<boolean> {
  try {
    await client.get(deviceDetailSchema, devicePath(id));
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return false;
    throw error;
  }
}

/** The same house always stands on the same plot. */
function plotOf(slug: string): Position {
  const plot = [...slug].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % plots;
  return [Number((ground[0] + plot * plotDegrees).toFixed(7)), ground[1]];
}

function houseArea(id: string, name: string, [west, south]: Position): CreateArea {
  const [east, north] = [Number((west + houseDegrees).toFixed(7)), Number((south + houseDegrees / 2).toFixed(7))];
  return {
    id,
    kind: 'building',
    parentId: houseGrid,
    name: { 'zh-CN': `NIST 试验屋 ${name}`, en: `NIST test house ${name}` },
    shape: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
    households: 1,
  };
}
