import type { StepLimit } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

/** A limit as people say it: `4 working hours` rather than 240 minutes. */
export function useLimit(): (limit: StepLimit | null) => string {
  const { t } = useTranslation('catalogue');
  return (limit) => {
    if (!limit) return t('noLimit');
    const { amount, unit } = limit;
    if (unit === 'working-days') return t('limit.working-days', { n: amount });
    const whole = amount % 60 === 0;
    const key = unit === 'minutes' ? (whole ? 'hours' : 'minutes') : whole ? 'working-hours' : 'working-minutes';
    return t(`limit.${key}`, { n: whole ? amount / 60 : amount });
  };
}
