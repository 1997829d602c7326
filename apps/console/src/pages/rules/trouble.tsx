import type { RuleDetail } from '@sc/contracts';
import { Alert, Button } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { SiteTime } from '../../components/age.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useRuleChanged } from './use-rule-changed.js';

/** What the platform found wrong with a rule at work, and the way on. */
export function TroubleAlert({ rule, mayChange }: { rule: RuleDetail; mayChange: boolean }) {
  const { t } = useTranslation('rules');
  const changed = useRuleChanged();
  const start = useMutation({
    mutationFn: () => api.switchRule(rule.id, { enabled: true }),
    onSuccess: changed,
  });
  const { trouble } = rule.status;
  if (!trouble) return null;
  const { stopped, reason, amount, detail, at } = trouble;
  return (
    <>
      <Alert
        role="alert"
        showIcon
        type={stopped ? 'error' : 'warning'}
        title={stopped ? t('trouble.stopped') : t('trouble.reported')}
        description={
          <>
            <div>
              <SiteTime at={at} /> · {t(`trouble.${reason}`, { amount, detail })}
            </div>
            {stopped && <div>{t('trouble.alarmsStay')}</div>}
          </>
        }
        action={
          mayChange &&
          rule.enabled && (
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {stopped ? t('trouble.start') : t('trouble.dismiss')}
            </Button>
          )
        }
      />
      {start.error && <ProblemAlert error={start.error} />}
    </>
  );
}
