import { useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { RoundDetail, ScanResult, WorkOrderDetail } from '@sc/contracts';
import { keys } from '../api/keys.js';
import { useLiveState } from '../api/live.js';
import { usePerson } from '../app/session.js';
import { type Answer, drain, type OutboxSender } from './drain.js';
import { learnRound, learnOrder, learnResidents } from './learn.js';
import { forgetOldCopies } from './outbox-db.js';
import { isCase, isStep, type OutboxItem } from './outbox-items.js';
import { keep, type Kept, locate, outboxOf, released, takeBack } from './outbox-store.js';
import { adoptRoundActs } from './rounds/adopt-acts.js';
import { sender } from './sender.js';
import { useTriedAgain } from './use-tried-again.js';

/** `kept`: it waits on the phone; the platform gets it as soon as it can be reached. */
export type Outcome<A = WorkOrderDetail> = { sent: A | undefined } | 'kept' | { refused: string; requestId: string };
/** What the platform says to it; whoever only tells what became of it need not know. */
type AnswerTo<K extends Kept> = K extends { kind: 'scan' }
  ? ScanResult
  : K extends { kind: 'answers' }
    ? RoundDetail
    : K extends { kind: 'words' }
      ? unknown
      : WorkOrderDetail;

interface Outbox {
  items: OutboxItem[];
  sending: boolean;
  /** Keeps the intention on the phone, then tries to send it. @param form whose draft it was */
  submit: <K extends Kept>(what: K, form?: string) => Promise<Outcome<AnswerTo<K>>>;
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
  const answers = useRef(new Map<string, Answer | undefined>());

  useEffect(() => {
    void forgetOldCopies().catch(() => undefined);
    void adoptRoundActs().catch(() => undefined);
    const watch = liveQuery(() => outboxOf(person.id).waiting()).subscribe({ next: setItems });
    return () => watch.unsubscribe();
  }, [person.id]);

  const flush = useCallback(async (): Promise<void> => {
    // Known before the item leaves the outbox: in between, a form in use would vanish with what is written in it.
    const learning: OutboxSender = {
      ...sender,
      act: async (...step) => learnOrder(queries, await sender.act(...step)),
      answer: async (...found) => learnRound(queries, await sender.answer(...found)),
      tell: async (id, body) => learnResidents(queries, id, await sender.tell(id, body)),
    };
    try {
      const { sent, refused } = await exclusively(() => {
        setSending(true);
        return drain(outboxOf(person.id), learning);
      });
      for (const { item, answer } of sent)
        if (answers.current.has(item.requestId)) answers.current.set(item.requestId, answer);
      const stale = [...sent.flatMap(({ item }) => staleAfter(item)), ...refused.flatMap(({ item }) => doubted(item))];
      for (const queryKey of new Map(stale.map((key) => [key.join(), key])).values())
        void queries.invalidateQueries({ queryKey });
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
      submit: async <K extends Kept>(what: K, form?: string) => {
        const item = await keep(person.id, what, form);
        const { requestId } = item;
        answers.current.set(requestId, undefined);
        await locate(item);
        await flush();
        const left = await outboxOf(person.id).find(requestId);
        const sent = answers.current.get(requestId) as AnswerTo<K> | undefined;
        answers.current.delete(requestId);
        if (!left) return { sent };
        return left.state === 'refused' ? { refused: left.problem ?? 'internal', requestId } : 'kept';
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

type Key = readonly unknown[];
const orderOf = ({ workOrderId }: { workOrderId?: string }): Key[] =>
  workOrderId ? [keys.workOrder(workOrderId)] : [];

/** Of what was sent: its lists; a photo more shows on a new case. */
function staleAfter(item: OutboxItem): Key[] {
  if (isStep(item)) return [keys.workOrderLists];
  if (isCase(item)) return [keys.workOrderLists, ...orderOf(item)];
  return item.kind === 'words' ? [] : [keys.allRounds];
}

/** Refused because things have moved on: looked at again. */
const doubted = (item: OutboxItem): Key[] =>
  item.kind === 'scan' || item.kind === 'answers' ? [keys.allRounds] : orderOf(item);
