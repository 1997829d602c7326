import { alarmSchema, isFinalWorkOrder, readingsSchema, workOrderSchema } from '@sc/contracts';
import { refusedReadings, type PlatformClient, type RefusedReadings } from '../../client/index.js';
import type { ReplayDevice } from './story.js';
import { replayGrid, type ReplaySite } from './site.js';

export interface Seen {
  refused: RefusedReadings;
  stored: number;
  /** How often each rule began. */
  raised: Map<string, number>;
  /** How many alarms still hold, by rule. */
  holding: Map<string, number>;
  orders: { total: number; closed: number; open: number };
}

/** What the platform tells of these devices, asked through its API. */
export async function lookAt(client: PlatformClient, site: ReplaySite, from: number, to: number): Promise<Seen> {
  const ids = new Set([...site.logins.values()].map(({ id }) => id));
  const [raised, holding] = [new Map<string, number>(), new Map<string, number>()];
  for (const deviceId of ids)
    for (const alarm of await client.all(alarmSchema, '/alarms', { state: 'all', deviceId, limit: 200 })) {
      raised.set(alarm.ruleId, (raised.get(alarm.ruleId) ?? 0) + alarm.occurrences);
      if (alarm.conditionActive) holding.set(alarm.ruleId, (holding.get(alarm.ruleId) ?? 0) + 1);
    }
  return {
    refused: await refusedReadings(client, ids),
    stored: await storedReadings(client, site, from, to),
    raised,
    holding,
    orders: await ordersOf(client, site),
  };
}

export async function ordersOf(client: PlatformClient, { areaIds }: ReplaySite): Promise<Seen['orders']> {
  const all = await client.all(workOrderSchema, '/work-orders', { state: 'all', areaId: replayGrid, limit: 200 });
  const orders = all.filter(({ areaId }) => areaIds.has(areaId));
  const closed = orders.filter(({ state }) => state === 'closed').length;
  const over = orders.filter(({ state }) => isFinalWorkOrder(state)).length;
  return { total: orders.length, closed, open: orders.length - over };
}

const mostWindowMs = 366 * 86_400_000;

async function storedReadings(
  client: PlatformClient,
  { logins }: ReplaySite,
  from: number,
  to: number,
): Promise<number> {
  let stored = 0;
  for (const [device, { id }] of logins)
    for (const metric of metricsOf(device)) {
      const { items } = await client.get(readingsSchema, '/readings', {
        deviceId: id,
        metric,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        windowMs: mostWindowMs,
        aggregate: 'count',
      });
      stored += items.reduce((sum, { value }) => sum + Number(value), 0);
    }
  return stored;
}

const metricsOf = ({ entries }: ReplayDevice): Set<string> =>
  new Set(entries.flatMap((entry) => ('values' in entry ? Object.keys(entry.values) : [])));
