import { type WorkOrder, workOrderDetailSchema } from '@sc/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fieldOrderQuery } from './cached.js';
import { fieldDb } from './outbox-db.js';

/** More than anybody handles in a shift; a flood of orders must not become a flood of requests. */
const mostAhead = 30;

/** Brings one's orders onto the phone before the dead spot, one after the other, each again only when it has changed. */
export function useCopiesAhead(orders: readonly WorkOrder[] | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    let goesOn = true;
    const copy = async () => {
      for (const { id, updatedAt, source } of orders?.slice(0, mostAhead) ?? []) {
        if (!goesOn || document.hidden) return;
        const kept = await fieldDb.cache.get(`order/${id}`);
        if (workOrderDetailSchema.safeParse(kept?.value).data?.updatedAt === updatedAt) continue;
        await queries.prefetchQuery({ ...fieldOrderQuery(id), staleTime: 0 });
        if (source !== 'resident') continue;
        const { fieldResidentsQuery } = await import('./looked-up.js');
        await queries.prefetchQuery({ ...fieldResidentsQuery(id), staleTime: 0 });
      }
    };
    void copy().catch(() => undefined);
    return () => {
      goesOn = false;
    };
  }, [orders, queries]);
}
