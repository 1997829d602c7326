import {
  eventSchemas,
  type EventType,
  type MapDevice,
  type MapDevices,
  mostMapDevicesAtOnce,
  type WorkOrder,
  workOrderStates,
} from '@sc/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { mapApi, mapKeys } from '../../api/map.js';
import { api } from '../../api/resources.js';

/** A flood of events becomes a handful of requests. */
const collectMs = 250;
/** Looking at every place again costs more than a mark: what comes in between is seen by its own interval. */
const blindEveryMs = 5_000;
/** More orders at once than this are asked for as a list. */
const mostOrdersAtOnce = 20;
const ended = new Set<string>(workOrderStates.filter((state) => ['closed', 'voided'].includes(state)));

interface Ask {
  devicesOf: (ids: readonly string[]) => Promise<MapDevices>;
  order: (id: string) => Promise<WorkOrder>;
}
const overHttp: Ask = { devicesOf: mapApi.devicesOf, order: (id) => api.workOrder(id, {}) };

/** Brings what the map has up to date with the stream: only what changed is asked for, and it is asked for as it is now. */
export class MapChanges {
  private devices = new Set<string>();
  private orders = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private blindAt = 0;

  constructor(
    private readonly queries: QueryClient,
    private readonly ask: Ask = overHttp,
  ) {}

  readonly take = (type: EventType, payload: unknown): void => {
    const parsed = eventSchemas[type].safeParse(payload);
    if (!parsed.success) return;
    const facts = parsed.data as { deviceId?: unknown; workOrderId?: unknown };
    if (type === 'alarm.raised.v1' || type === 'alarm.changed.v1' || type === 'device.changed.v1')
      this.devices.add(String(facts.deviceId));
    else if (type === 'work-order.changed.v1') this.orders.add(String(facts.workOrderId));
    else return;
    this.timer ??= setTimeout(() => void this.flush(), collectMs);
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** One at a time: an older answer must not come after a newer one. */
  async flush(): Promise<void> {
    this.timer = undefined;
    if (this.busy) return;
    const [devices, orders] = [[...this.devices], [...this.orders]];
    this.devices.clear();
    this.orders.clear();
    this.busy = true;
    await Promise.all([
      this.refresh(mapKeys.devices, devices.length, mostMapDevicesAtOnce, () => this.refreshDevices(devices)),
      this.refresh(mapKeys.orders, orders.length, mostOrdersAtOnce, () => this.refreshOrders(orders)),
      devices.length > 0 && this.refreshBlindSpots(),
    ]);
    this.busy = false;
    if (this.devices.size + this.orders.size > 0) this.timer ??= setTimeout(() => void this.flush(), collectMs);
  }

  /** What cannot be mended piece by piece is asked for as a whole. */
  private async refresh(
    queryKey: readonly string[],
    count: number,
    most: number,
    pieces: () => Promise<void>,
  ): Promise<void> {
    if (count === 0 || this.queries.getQueryData(queryKey) === undefined) return;
    if (count > most) return this.queries.invalidateQueries({ queryKey });
    await pieces().catch(() => this.queries.invalidateQueries({ queryKey }));
  }

  private async refreshBlindSpots(): Promise<void> {
    if (Date.now() - this.blindAt < blindEveryMs) return;
    this.blindAt = Date.now();
    await this.queries.invalidateQueries({ queryKey: mapKeys.blindSpots });
  }

  private async refreshDevices(ids: string[]): Promise<void> {
    const { items } = await this.ask.devicesOf(ids);
    this.queries.setQueryData(mapKeys.devices, (old: MapDevices | undefined) =>
      old ? { ...old, items: replaced<MapDevice>(old.items, ids, items) } : old,
    );
  }

  private async refreshOrders(ids: string[]): Promise<void> {
    const fresh = await Promise.all(ids.map((id) => this.ask.order(id)));
    const open = fresh.filter(({ state }) => !ended.has(state));
    this.queries.setQueryData(mapKeys.orders, (old: { items: WorkOrder[]; truncated: boolean } | undefined) =>
      old ? { ...old, items: replaced(old.items, ids, open) } : old,
    );
  }
}

/** Those that are named come anew, or are gone; the others stay the same objects. */
export function replaced<T extends { id: string }>(
  old: readonly T[],
  ids: readonly string[],
  fresh: readonly T[],
): T[] {
  const byId = new Map(fresh.map((one) => [one.id, one]));
  const named = new Set(ids);
  const there = new Set(old.map(({ id }) => id));
  return [
    ...old.flatMap((one) => (named.has(one.id) ? (byId.get(one.id) ?? []) : one)),
    ...fresh.filter(({ id }) => !there.has(id)),
  ];
}
