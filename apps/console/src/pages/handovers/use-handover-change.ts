import type { HandoverDetail } from '@sc/contracts';
import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { handoverQuery } from '../../api/handovers.js';
import { keys } from '../../api/keys.js';
import { asProblem } from '../../api/problem.js';
import { useProblemText } from '../../lib/use-words.js';

/** A change of a hand-over: its answer is what is shown; when somebody else was quicker their words are shown first. */
export function useHandoverChange() {
  const { t } = useTranslation('handovers');
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (send: () => Promise<HandoverDetail>) => send(),
    onSuccess: (detail) => {
      queries.setQueryData(handoverQuery(detail.id).queryKey, detail);
      void queries.invalidateQueries({ queryKey: [...keys.handovers, 'now'] });
      void queries.invalidateQueries({ queryKey: [...keys.handovers, 'list'] });
    },
    onError: (error) => {
      const conflict = asProblem(error).code === 'conflict';
      void message.error(conflict ? t('changed') : problemText(error).line);
      void queries.invalidateQueries({ queryKey: keys.handovers });
    },
  });
}
