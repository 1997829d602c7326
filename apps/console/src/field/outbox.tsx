import { useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { PersonWorkOrderAction, WorkOrder } from '@sc/contracts';
import { keys } from '../api/keys.js';
import { useLiveState } from '../api/live.js';
import { api } from '../api/resources.js';
import { usePerson } from '../app/session.js';
import { newRequestId } from '../lib/request-id.js';
import { fieldOrderQuery } from './cached.js';
import { drain, type Drained, type OutboxStore } from './drain.js';
import { fieldDb, type OutboxItem } from './outbox-db.js';
import { hereNow } from './position.js';
import type { TakenPhoto } from './take-photos.js';
import { useTriedAgain } from './use-tried-again.js';

interface Outbox {
  items: OutboxItem[];
  sending: boolean;
  /** Keeps the intention on the phone, then tries to send; resolves when it is sent, refused or kept. */
  submit: (order: WorkOrder, what: Submission) => Promise<'sent' | 'queued' | { refused: string }>;
  sendNow: () => Promise<void>;
  discard: (requestId: string) => Promise<void>;
  retry: (requestId: string) => Promise<void>;
}
export interface Submission {
  action: PersonWorkOrderAction;
  note?: string;
  photos?: TakenPhoto[];
}

const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider');
  return outbox;
}

const storeOf = (personId: string): OutboxStore => ({
  waiting: () => fieldDb.outbox.where({ personId }).sortBy('createdAt'),
  save: async (item) => void (await fieldDb.outbox.put(item)),
  remove: (requestId) => fieldDb.outbox.delete(requestId),
});

/** One sender at a time, over all tabs of this phone where the browser can tell. */
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request('sc-outbox', work) : work();
}

export function OutboxProvider({ children }: { children: ReactNode }) {
  const person = usePerson();
  const queries = useQueryClient();
  const { connection } = useLiveState();
  const [items, setItems] = useState<OutboxItem[]>([]);
  const [sending, setSending] = useState(false);

  useEffect(() => {
    const watch = liveQuery(() => fieldDb.outbox.where({ personId: person.id }).sortBy('createdAt')).subscribe({
      next: setItems,
    });
    return () => watch.unsubscribe();
  }, [person.id]);

  const flush = useCallback(async (): Promise<Drained> => {
    try {
      const result = await exclusively(() => {
        setSending(true);
        return drain(storeOf(person.id), {
          attach: api.attach,
          act: async (id, action, body) => {
            const order = await api.actOnWorkOrder(id, action, body);
            // Known before the item leaves the outbox: in between, a form in use would vanish with what is written in it.
            queries.setQueryData(keys.workOrder(id), order);
            queries.setQueryData(fieldOrderQuery(id).queryKey, { value: order });
            return order;
          },
        });
      });
      if (result.sent.length + result.refused.length > 0)
        void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      return result;
    } finally {
      setSending(false);
    }
  }, [person.id, queries]);

  const waits = items.some((i) => i.state === 'waiting');
  useTriedAgain(waits, flush, connection);

  const outbox = useMemo<Outbox>(
    () => ({
      items,
      sending,
      submit: async (order, { action, note, photos = [] }) => {
        const requestId = newRequestId();
        const position = await hereNow(person.id);
        await fieldDb.outbox.put({
          requestId,
          personId: person.id,
          workOrderId: order.id,
          workOrderNumber: order.number,
          action,
          note,
          position,
          photos: [...photos],
          createdAt: Date.now(),
          state: 'waiting',
        });
        await flush();
        const left = await fieldDb.outbox.get(requestId);
        if (!left) return 'sent';
        return left.state === 'refused' ? { refused: left.problem ?? 'internal' } : 'queued';
      },
      sendNow: async () => void (await flush()),
      discard: (requestId) => fieldDb.outbox.delete(requestId),
      retry: async (requestId) => {
        await fieldDb.outbox.update(requestId, { state: 'waiting', problem: undefined });
        await flush();
      },
    }),
    [items, sending, person.id, flush],
  );
  return <OutboxContext.Provider value={outbox}>{children}</OutboxContext.Provider>;
}
