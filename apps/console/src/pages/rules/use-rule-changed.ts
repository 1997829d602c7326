import type { RuleDetail } from '@sc/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '../../api/keys.js';

/** Shows at once what the platform answered; lists and history are asked again. */
export function useRuleChanged(): (rule: RuleDetail) => void {
  const queries = useQueryClient();
  return useCallback(
    (rule) => {
      queries.setQueryData(keys.rule(rule.id), rule);
      void queries.invalidateQueries({ queryKey: keys.ruleVersions(rule.id) });
      void queries.invalidateQueries({ queryKey: keys.rules });
    },
    [queries],
  );
}
