import { deviceSchema } from '@sc/contracts';
import { devicePath, ensureArea, type DeviceLogin, type PlatformClient, registerDevice } from '../client/index.js';

/** Registrations under way at once: enough to keep the platform busy, few enough not to stand in the way of people. */
const atOnce = 8;

export interface Fleet {
  logins: DeviceLogin[];
  /** Takes the devices away again. @returns how many could not be */
  retire(): Promise<number>;
}

export interface FleetOptions {
  client: PlatformClient;
  community: string;
  gridId: string;
  count: number;
  run: string;
  /** Stops registering. */
  signal?: AbortSignal | undefined;
}

/**
 * So many devices of one new building, made through the public API. Leak sensors: no rule but silence and battery is about
 * them, so that load is load and not thousands of orders.
 */
export async function makeFleet({ client, community, gridId, count, run, signal }: FleetOptions): Promise<Fleet> {
  const areaId = `load-${run}`;
  await ensureArea(client, {
    id: areaId,
    kind: 'building',
    parentId: gridId,
    name: { 'zh-CN': '压力测试', en: 'Load test' },
    shape: null,
    households: null,
  });
  const logins: DeviceLogin[] = [];
  const retire = async (): Promise<number> => {
    let failed = 0;
    await eachAtOnce(logins, async ({ id }) => {
      await client.post(deviceSchema, `${devicePath(id)}/retire`).catch(() => (failed += 1));
    });
    return failed;
  };
  try {
    await eachAtOnce(Array.from({ length: count }).keys(), async (i) => {
      if (signal?.aborted) return;
      logins.push(
        await registerDevice(client, {
          community,
          device: `load-${run}-${i}`,
          domain: 'water',
          name: `Load ${i}`,
          areaId,
          position: null,
          placement: null,
        }),
      );
    });
  } catch (error) {
    // Half a fleet is nobody's: what was made is taken away before the failure is told.
    await retire();
    throw error;
  }
  return { logins, retire };
}

async function eachAtOnce<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const one = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
