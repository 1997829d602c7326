import { useTranslation } from 'react-i18next';
import { useBytes } from '../../lib/use-words.js';
import type { Value } from './judge.js';

/** Figures as a person reads them, with their unit, in their language. */
export function useValue(): (value: Value) => string {
  const { t, i18n } = useTranslation('system');
  const number = (n: number, digits = n !== 0 && Math.abs(n) < 10 ? 1 : 0) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(n);
  const bytes = useBytes();
  const seconds = (n: number) =>
    n > 0 && n < 1 ? t('unit.milliseconds', { n: number(n * 1000) }) : t('unit.seconds', { n: number(n) });
  return (value) => {
    switch (value.unit) {
      case 'count':
        return number(value.n, 0);
      case 'bounded':
        return value.n >= value.bound ? t('unit.orMore', { n: number(value.n, 0) }) : number(value.n, 0);
      case 'perSecond':
        return t('unit.perSecond', { n: number(value.n) });
      case 'perMinute':
        return value.n === 0 ? t('unit.nothing') : t('unit.perMinute', { n: number(value.n, 0) });
      case 'seconds':
        return value.n === 0 ? t('unit.none') : seconds(value.n);
      case 'bytes':
        return bytes(value.n);
      case 'cores':
        return t('unit.cores', { n: number(value.n, 2) });
      case 'share':
        return t('unit.share', { used: bytes(value.used), limit: bytes(value.limit) });
      case 'waiting':
        return t('unit.waiting', { messages: number(value.messages, 0), size: bytes(value.bytes) });
      case 'tickets': {
        const { unit: _, ...counts } = value;
        return t('unit.tickets', counts);
      }
      case 'quantiles':
      case 'sizes': {
        const { p50, p99 } = value.of;
        if (p50 === null || p99 === null) return t('unit.nothing');
        const text = value.unit === 'quantiles' ? seconds : (n: number) => number(n, 0);
        return t(`unit.${value.unit}`, { p50: text(p50), p99: text(p99) });
      }
    }
  };
}
