import type { RuleIssue } from '@sc/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What is wrong with a rule and what to do about it. */
export function useIssueText(): (issue: RuleIssue) => string {
  const { t } = useTranslation('rules');
  return useCallback(({ code, params }) => t(`issue.${code}` as 'issue.missing', params), [t]);
}
