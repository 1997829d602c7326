import { workOrderDetailSchema } from '@sc/contracts';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fieldOrderQuery, myOrdersQuery } from './cached.js';
import { byUrgency } from './order-rank.js';
import { openReader } from './code-reader.js';
import { fieldDb } from './outbox-db.js';

/** More than anybody handles in a shift; a flood of orders must not become a flood of requests. */
const mostAhead = 30;
const mostRoundsAhead = 10;
/** What is on the screen comes first. */
const roundsAfterMs = 3_000;
const readerAfterMs = 15_000;

/**
 * Brings one's orders onto the phone before the dead spot: their list, wherever one has come in, then one after the other, urgent
 * ones first, each again only when it has changed; then one's rounds, and what reads codes.
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
  useEffect(() => {
    const rounds = setTimeout(() => void copyRounds(queries, personId).catch(() => undefined), roundsAfterMs);
    // Half a megabyte where the browser reads no codes itself: not for whoever pays by the byte.
    const reader = setTimeout(() => void (savesData() || openReader().catch(() => undefined)), readerAfterMs);
    return () => {
      clearTimeout(rounds);
      clearTimeout(reader);
    };
  }, [personId, queries]);
}

async function copyRounds(queries: QueryClient, personId: string): Promise<void> {
  const { fieldRoundQuery, myRoundsQuery } = await import('./rounds/cached.js');
  const { value, copyFrom } = await queries.fetchQuery(myRoundsQuery(personId));
  if (copyFrom !== undefined) return;
  for (const { id } of value.slice(0, mostRoundsAhead)) await queries.prefetchQuery(fieldRoundQuery(id));
}

const savesData = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
