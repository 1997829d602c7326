import type { Spread } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

export type SpreadUnit = 'share' | 'minutes' | 'count';

/** Numbers of a plan in words of the reader: the middle, and where the runs differ their ends. */
export function useSpread() {
  const { t, i18n } = useTranslation('staffing');
  const number = (value: number, digits = 1) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  const share = (value: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  const one = (value: number, unit: SpreadUnit) => {
    if (unit === 'share') return share(value);
    if (unit === 'count') return number(value);
    return value >= 120 ? t('hours', { value: number(value / 60) }) : t('minutes', { value: number(value) });
  };
  const ends = ({ low, high }: Spread, unit: SpreadUnit) =>
    one(low, unit) === one(high, unit) ? '' : t('spread', { low: one(low, unit), high: one(high, unit) });
  return { number, share, one, ends };
}
