import type { StepLimit } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

/** Amount and unit as people say them: minutes of work are hours where they fill them. */
export function useLimitText(): (limit: StepLimit) => string {
  const { t } = useTranslation('cases');
  return ({ amount, unit }) => {
    if (unit === 'working-minutes') return t('span.working-hours', { count: Math.round(amount / 6) / 10 });
    return t(`span.${unit}`, { count: amount });
  };
}
