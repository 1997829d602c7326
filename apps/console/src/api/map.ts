import {
  areaShapeCheckSchema,
  blindSpotsSchema,
  mapDevicesSchema,
  mostMapDevicesAtOnce,
  type CheckAreaShape,
  type WorkOrder,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, http, patient } from './client.js';
import { api } from './resources.js';

type Signal = { signal?: AbortSignal };

export const mapKeys = {
  devices: ['map', 'devices'] as const,
  orders: ['map', 'orders'] as const,
  blindSpots: ['map', 'blind-spots'] as const,
};

export const mapApi = {
  devices: ({ signal }: Signal) =>
    answer(mapDevicesSchema, http.GET('/map/devices', { signal, fetch: patient(60_000) })),
  /** What has changed; at most `mostMapDevicesAtOnce`. */
  devicesOf: (ids: readonly string[]) =>
    answer(
      mapDevicesSchema,
      http.GET('/map/devices', { params: { query: { ids: ids.slice(0, mostMapDevicesAtOnce).join(',') } } }),
    ),
  checkShape: (id: string, shape: CheckAreaShape['shape'], { signal }: Signal = {}) =>
    answer(
      areaShapeCheckSchema,
      http.POST('/areas/{id}/shape-checks', { params: { path: { id } }, body: { shape }, signal }),
    ),
};

/** Kept up to date by the stream, device by device: see MapChanges. */
export const mapQuery = queryOptions({
  queryKey: mapKeys.devices,
  queryFn: (context) => mapApi.devices(context),
  staleTime: 5 * 60_000,
});

/** Cases that the map draws at most: those with the next deadline. */
export const mostMapOrders = 1000;
export const mapOrdersQuery = (enabled: boolean) =>
  queryOptions({
    queryKey: mapKeys.orders,
    enabled,
    queryFn: async ({ signal }) => {
      const items: WorkOrder[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.workOrders({ state: 'open', sort: 'due', limit: 200, cursor }, { signal });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor && items.length < mostMapOrders);
      return { items, truncated: cursor !== undefined };
    },
    staleTime: 60_000,
  });

/** A device that falls silent tells of it by its alarm; what was taken out of service tells nobody, so it is looked at again. */
const blindAgainMs = 30_000;
export const blindSpotsQuery = (enabled = true) =>
  queryOptions({
    queryKey: mapKeys.blindSpots,
    enabled,
    queryFn: ({ signal }) => answer(blindSpotsSchema, http.GET('/map/blind-spots', { signal })),
    refetchInterval: blindAgainMs,
  });
