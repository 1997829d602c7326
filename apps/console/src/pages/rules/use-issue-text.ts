import type { RuleIssue } from '@sc/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';

/** What is wrong with a rule and what to do about it. */
export function useIssueText(): (issue: RuleIssue) => string {
  const { t } = useTranslation('rules');
  const textOf = useText();
  return useCallback(
    ({ code, params, text }) =>
      t(`issue.${code}` as 'issue.missing', { ...params, ...(text ? { message: textOf(text) } : {}) }),
    [t, textOf],
  );
}
