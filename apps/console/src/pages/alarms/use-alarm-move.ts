import type { Alarm } from '@sc/contracts';
import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys.js';
import { useProblemText } from '../../lib/use-words.js';

/** One move of one alarm: the screen is told at once, everybody else by the stream. */
export function useAlarmMove<V>(id: string, move: (wish: V) => Promise<Alarm | void>, done?: () => void) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: move,
    onSuccess: done,
    onError: (error) => {
      const { title, detail } = problemText(error);
      void message.error([title, detail].filter(Boolean).join(' '));
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.alarmLists });
      void queries.invalidateQueries({ queryKey: keys.alarm(id) });
      void queries.invalidateQueries({ queryKey: keys.maintenance });
    },
  });
}
