import type { LoadFigure } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useDuration } from '../../lib/use-words.js';

/** A value of a figure in words of the reader. */
export function useFigureValue(): (value: number, unit: LoadFigure['unit']) => string {
  const { t, i18n } = useTranslation('load');
  const duration = useDuration();
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  return (value, unit) => {
    if (unit === 'share')
      return new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
    if (unit === 'seconds') return duration(value * 1000);
    if (unit === 'per-10-min') return t('per10', { value: number(value, 2) });
    return number(value, 0);
  };
}
