import { useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { keys } from '../../api/keys.js';
import { useLiveState } from '../../api/live.js';
import { roundsApi } from '../../api/rounds.js';
import { usePerson } from '../../app/session.js';
import { useTriedAgain } from '../use-tried-again.js';
import { roundDb, type RoundAct } from './round-db.js';
import { type ActStore, sendActs } from './send-acts.js';

interface RoundActs {
  items: RoundAct[];
  /** Keeps it on the phone, then tries to send; resolves when it is sent, refused or kept. */
  submit: (act: RoundAct) => Promise<'sent' | 'kept' | { refused: string }>;
  discard: (requestId: string) => Promise<void>;
}

const Context = createContext<RoundActs | null>(null);

export function useRoundActs(): RoundActs {
  const acts = useContext(Context);
  if (!acts) throw new Error('useRoundActs needs a RoundActsProvider');
  return acts;
}

const storeOf = (personId: string): ActStore => ({
  waiting: () => roundDb.acts.where({ personId }).sortBy('createdAt'),
  save: async (act) => void (await roundDb.acts.put(act)),
  remove: (requestId) => roundDb.acts.delete(requestId),
});

const sendOne = (act: RoundAct): Promise<unknown> =>
  act.kind === 'scan' ? roundsApi.scan(act.body) : roundsApi.answer(act.roundId, act.body);

/** What is done on rounds without a network waits on the phone; sent twice it counts once. */
export function RoundActsProvider({ children }: { children: ReactNode }) {
  const person = usePerson();
  const queries = useQueryClient();
  const { connection } = useLiveState();
  const [items, setItems] = useState<RoundAct[]>([]);

  useEffect(() => {
    const watch = liveQuery(() => storeOf(person.id).waiting()).subscribe({ next: setItems });
    return () => watch.unsubscribe();
  }, [person.id]);

  const flush = useCallback(async () => {
    const { sent } = await sendActs(storeOf(person.id), sendOne);
    if (sent) void queries.invalidateQueries({ queryKey: keys.allRounds });
  }, [person.id, queries]);

  const waits = items.some(({ state }) => state === 'waiting');
  useTriedAgain(waits, flush, connection);

  const acts = useMemo<RoundActs>(
    () => ({
      items,
      submit: async (act) => {
        await roundDb.acts.put(act);
        await flush();
        const left = await roundDb.acts.get(act.requestId);
        if (!left) return 'sent';
        return left.state === 'refused' ? { refused: left.problem ?? 'internal' } : 'kept';
      },
      discard: (requestId) => roundDb.acts.delete(requestId),
    }),
    [items, flush],
  );
  return <Context.Provider value={acts}>{children}</Context.Provider>;
}
