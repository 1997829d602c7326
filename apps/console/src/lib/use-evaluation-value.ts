import type { EvaluationDefinition } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useDuration } from './use-words.js';

/** A value in words of the reader; nothing to count from is a dash, never zero. */
export function useEvaluationValue(): (value: number | null, unit: EvaluationDefinition['unit']) => string {
  const { t, i18n } = useTranslation('evaluation');
  const duration = useDuration();
  return (value, unit) => {
    if (value === null) return '–';
    if (unit === 'share')
      return new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
    if (unit === 'seconds') return duration(value * 1000);
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(value);
    return unit === 'score' ? t('score', { value: number }) : number;
  };
}
