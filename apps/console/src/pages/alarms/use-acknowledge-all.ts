import { type AlarmMoveResult, mostAlarmsAtOnce } from '@sc/contracts';
import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { useProblemText } from '../../lib/use-words.js';

/** Acknowledges many at once and says what became of them. */
export function useAcknowledgeAll() {
  const { t } = useTranslation('silences');
  const queries = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (ids: string[]) => api.acknowledgeAlarms(ids.slice(0, mostAlarmsAtOnce)),
    onSuccess: ({ items }) => {
      const count = (...results: AlarmMoveResult['result'][]) =>
        items.filter(({ result }) => results.includes(result)).length;
      const failed = count('not-possible', 'not-found');
      const unchanged = count('unchanged');
      if (failed + unchanged === 0) void message.success(t('allDone', { count: items.length }));
      else void message.warning(t('someDone', { done: count('done'), unchanged, failed }));
    },
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.allAlarms }),
  });
}
