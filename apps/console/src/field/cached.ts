import {
  areaSchema,
  notificationSchema,
  workOrderDetailSchema,
  workOrderSchema,
  type Area,
  type Notification,
  type WorkOrder,
  type WorkOrderDetail,
} from '@sc/contracts';
import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { ordersApi } from '../api/orders.js';
import { myOpenOrders, ordersCopyKey } from './first-paint/asked.js';
import { phoneKeys } from './learn.js';
import { fieldDb } from './outbox-db.js';

export interface Cached<T> {
  value: T;
  /** Set when this is the phone's own copy, from that time. */
  copyFrom?: number;
}

/** So long one waits for an answer before the copy is shown in its place: on a good network nobody sees it flash. */
const copyAfterMs = 300;

/**
 * The platform's answer, or without a network the copy this phone kept of the last one. Where the answer takes its time the
 * copy is shown until it comes: a bad network is worse than none.
 * @param show puts the copy on the page while the question goes on
 */
export async function withCopy<T extends z.ZodType>(
  schema: T,
  key: string,
  ask: () => Promise<z.output<T>>,
  show?: (copy: Cached<z.output<T>>) => void,
): Promise<Cached<z.output<T>>> {
  let isAnswered = false;
  const early = setTimeout(() => {
    void copyOf(schema, key).then((copy) => copy && !isAnswered && show?.(copy));
  }, copyAfterMs);
  try {
    const value = await ask();
    await fieldDb.cache.put({ key, savedAt: Date.now(), value }).catch(() => undefined);
    return { value };
  } catch (error) {
    const copy = asProblem(error).mayHeal ? await copyOf(schema, key) : undefined;
    if (!copy) throw error;
    return copy;
  } finally {
    isAnswered = true;
    clearTimeout(early);
  }
}

/** Shows a copy only where the page has nothing better yet. */
export const shownBy =
  <T>({ client, queryKey }: { client: QueryClient; queryKey: QueryKey }) =>
  (copy: Cached<T>): void =>
    void client.setQueryData<Cached<T>>(queryKey, (known) => known ?? copy);

export async function copyOf<T extends z.ZodType>(schema: T, key: string): Promise<Cached<z.output<T>> | undefined> {
  const copy = await fieldDb.cache.get(key).catch(() => undefined);
  const parsed = schema.safeParse(copy?.value);
  return copy && parsed.success ? { value: parsed.data, copyFrom: copy.savedAt } : undefined;
}

const myOrders = z.array(workOrderSchema);

export const myOrdersQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.workOrders({ assignee: 'mine' }), personId],
    queryFn: (context): Promise<Cached<WorkOrder[]>> =>
      withCopy(
        myOrders,
        ordersCopyKey(personId),
        async () => (await ordersApi.workOrders(myOpenOrders, context)).items,
        shownBy(context),
      ),
    // The copy is the fallback; trying again first would keep the officer before an empty page.
    retry: false,
  });

const myAreas = z.array(areaSchema);

/** Where places lie: a room's name alone finds nobody. */
export const fieldAreasQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.areas, 'field', personId],
    queryFn: (context): Promise<Cached<Area[]>> =>
      withCopy(myAreas, `areas/${personId}`, async () => (await ordersApi.areas(context)).items, shownBy(context)),
    staleTime: 5 * 60_000,
    retry: false,
  });

export const fieldOrderQuery = (id: string) =>
  queryOptions({
    queryKey: phoneKeys.order(id),
    queryFn: (context): Promise<Cached<WorkOrderDetail>> =>
      withCopy(workOrderDetailSchema, `order/${id}`, () => ordersApi.workOrder(id, context), shownBy(context)),
    retry: false,
  });

const messages = z.array(notificationSchema);

export const fieldMessagesQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.notifications, 'field', personId],
    queryFn: (context): Promise<Cached<Notification[]>> =>
      withCopy(
        messages,
        `messages/${personId}`,
        async () => (await ordersApi.notifications(context)).items,
        shownBy(context),
      ),
    retry: false,
  });
