import { workOrderDetailSchema } from '@sc/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fieldOrderQuery, myOrdersQuery } from './cached.js';
import { byUrgency } from './order-rank.js';
import { fieldDb } from './outbox-db.js';

/** More than anybody handles in a shift; a flood of orders must not become a flood of requests. */
const mostAhead = 30;

/**
 * Brings one's orders onto the phone before the dead spot: their list, wherever one has come in, then one after the other, urgent
 * ones first, each again only when it has changed.
 */
export function useCopiesAhead(personId: string): void {
  const queries = useQueryClient();
  const { data } = useQuery(myOrdersQuery(personId));
  useEffect(() => {
    // Of what the phone itself had kept, nothing has changed.
    if (!data || data.copyFrom !== undefined) return;
    let goesOn = true;
    const copy = async () => {
      for (const { id, updatedAt, source } of [...data.value].sort(byUrgency()).slice(0, mostAhead)) {
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
  }, [data, queries]);
}
