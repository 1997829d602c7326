import { useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { WorkOrderDetail } from '@sc/contracts';
import { casesApi } from '../api/cases.js';
import { keys } from '../api/keys.js';
import { useLiveState } from '../api/live.js';
import { api } from '../api/resources.js';
import { usePerson } from '../app/session.js';
import { fieldOrderQuery } from './cached.js';
import { drain } from './drain.js';
import { forgetOldCopies, type OutboxItem } from './outbox-db.js';
import { keep, type Kept, locate, outboxOf, released, takeBack } from './outbox-store.js';
import { useTriedAgain } from './use-tried-again.js';

/** `kept`: it waits on the phone; the platform gets it as soon as it can be reached. */
export type Outcome = { sent: WorkOrderDetail | undefined } | 'kept' | { refused: string };

interface Outbox {
  items: OutboxItem[];
  sending: boolean;
  /** Keeps the intention on the phone, then tries to send it. @param form whose draft it was */
  submit: (what: Kept, form?: string) => Promise<Outcome>;
  sendNow: () => Promise<void>;
  discard: (requestId: string) => Promise<void>;
  retry: (requestId: string) => Promise<void>;
  /** Back into its form, to be changed and sent anew. */
  change: (item: OutboxItem) => Promise<void>;
}

const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider');
  return outbox;
}

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
  /** Answers of what was submitted here: whichever flush sends it, the page that asked is told. */
  const answers = useRef(new Map<string, WorkOrderDetail | undefined>());

  useEffect(() => {
    void forgetOldCopies().catch(() => undefined);
    const watch = liveQuery(() => outboxOf(person.id).waiting()).subscribe({ next: setItems });
    return () => watch.unsubscribe();
  }, [person.id]);

  const flush = useCallback(async (): Promise<void> => {
    // Known before the item leaves the outbox: in between, a form in use would vanish with what is written in it.
    const learn = (order: WorkOrderDetail): WorkOrderDetail => {
      queries.setQueryData(keys.workOrder(order.id), order);
      queries.setQueryData(fieldOrderQuery(order.id).queryKey, { value: order });
      return order;
    };
    try {
      const { sent, refused } = await exclusively(() => {
        setSending(true);
        return drain(outboxOf(person.id), {
          attach: api.attach,
          act: async (...step) => learn(await api.actOnWorkOrder(...step)),
          open: casesApi.report,
        });
      });
      for (const { item, order } of sent)
        if (answers.current.has(item.requestId)) answers.current.set(item.requestId, order);
      if (sent.length) void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      // What was refused because things have moved on is looked at again; a photo more shows on its case.
      for (const { item } of [...refused, ...sent.filter((one) => one.item.kind === 'case')])
        if (item.workOrderId) void queries.invalidateQueries({ queryKey: keys.workOrder(item.workOrderId) });
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
      submit: async (what, form) => {
        const { requestId } = await keep(person.id, what, form);
        answers.current.set(requestId, undefined);
        await locate(person.id, requestId);
        await flush();
        const left = await outboxOf(person.id).find(requestId);
        const sent = answers.current.get(requestId);
        answers.current.delete(requestId);
        if (!left) return { sent };
        return left.state === 'refused' ? { refused: left.problem ?? 'internal' } : 'kept';
      },
      sendNow: flush,
      discard: (requestId) => outboxOf(person.id).remove(requestId),
      retry: async (requestId) => {
        await released(requestId);
        await flush();
      },
      change: (item) => takeBack(person.id, item),
    }),
    [items, sending, person.id, flush],
  );
  return <OutboxContext.Provider value={outbox}>{children}</OutboxContext.Provider>;
}
