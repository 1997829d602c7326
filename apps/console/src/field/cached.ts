import {
  areaSchema,
  workOrderDetailSchema,
  workOrderSchema,
  type Area,
  type WorkOrder,
  type WorkOrderDetail,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { api } from '../api/resources.js';
import { fieldDb } from './outbox-db.js';

export interface Cached<T> {
  value: T;
  /** Set when this is the phone's own copy, from that time. */
  copyFrom?: number;
}

/** The platform's answer, or without a network the copy this phone kept of the last one. */
export async function withCopy<T extends z.ZodType>(
  schema: T,
  key: string,
  ask: () => Promise<z.output<T>>,
): Promise<Cached<z.output<T>>> {
  try {
    const value = await ask();
    await fieldDb.cache.put({ key, savedAt: Date.now(), value }).catch(() => undefined);
    return { value };
  } catch (error) {
    const copy = asProblem(error).mayHeal ? await fieldDb.cache.get(key).catch(() => undefined) : undefined;
    const parsed = schema.safeParse(copy?.value);
    if (!copy || !parsed.success) throw error;
    return { value: parsed.data, copyFrom: copy.savedAt };
  }
}

const myOrders = z.array(workOrderSchema);

export const myOrdersQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.workOrders({ assignee: 'mine' }), personId],
    queryFn: ({ signal }): Promise<Cached<WorkOrder[]>> =>
      withCopy(
        myOrders,
        `orders/${personId}`,
        async () => (await api.workOrders({ assignee: 'mine', state: 'open', limit: 100 }, { signal })).items,
      ),
    // The copy is the fallback; trying again first would keep the officer before an empty page.
    retry: false,
  });

const myAreas = z.array(areaSchema);

/** Where places lie: a room's name alone finds nobody. */
export const fieldAreasQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.areas, 'field', personId],
    queryFn: ({ signal }): Promise<Cached<Area[]>> =>
      withCopy(myAreas, `areas/${personId}`, async () => (await api.areas({ signal })).items),
    staleTime: 5 * 60_000,
    retry: false,
  });

export const fieldOrderQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.workOrder(id), 'field'],
    queryFn: ({ signal }): Promise<Cached<WorkOrderDetail>> =>
      withCopy(workOrderDetailSchema, `order/${id}`, () => api.workOrder(id, { signal })),
    retry: false,
  });
