import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { useProblemText } from '../../lib/use-words.js';

/** Acknowledges, and tells the screen at once; the stream tells everybody else. */
export function useAcknowledge() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: ({ id, note }: { id: string; note?: string }) => api.acknowledgeAlarm(id, note),
    onError: (error) => message.error(problemText(error).line),
    onSettled: (_, __, { id }) => {
      void queries.invalidateQueries({ queryKey: keys.alarmLists });
      void queries.invalidateQueries({ queryKey: keys.alarm(id) });
    },
  });
}
