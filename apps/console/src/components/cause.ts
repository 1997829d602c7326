import type { Domain, Metric, Text } from '@sc/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../api/look-ups.js';
import { useSiteTime } from '../lib/site-time.js';
import { useDuration, useText } from '../lib/use-words.js';
import { type CauseWords, sentenceOf } from './cause-sentence.js';

const printNumber = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(value);

/** A reading's value with its unit, in the reader's language. */
export function useValueText(): (value: unknown, metric?: Metric) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (value: unknown, metric?: Metric) => {
      if (typeof value === 'boolean') return value ? t('yes') : t('no');
      if (typeof value === 'number')
        return metric?.unit ? `${printNumber(value, i18n.language)} ${metric.unit}` : printNumber(value, i18n.language);
      return typeof value === 'string' ? value : JSON.stringify(value);
    },
    [t, i18n.language],
  );
}

const metricOf = (domains: Domain[], domain: string, name: unknown): Metric | undefined =>
  typeof name === 'string' ? domains.find((d) => d.name === domain)?.metrics[name] : undefined;

/**
 * What raised an alarm, in words: a metric with its value and unit, a share of another, a state and how long it lasts, an
 * event by its name with what it says, a silence or a quiet; what more a kind of condition has to say (cause-sentence.ts).
 * `short` leaves the metric's name out where the column says it already.
 */
export function useCauseText(): (domain: string, cause: Record<string, unknown>, short?: boolean) => string {
  const { t } = useTranslation('desk');
  const domains = useDomains();
  const text = useText();
  const valueText = useValueText();
  const duration = useDuration();
  const { format } = useSiteTime();
  return useCallback(
    (domain, cause, short = false) => {
      const { metric: name, value, of, ofValue, forMs, quietMs, type, event, silentMs, afterMs } = cause;
      const titleOf = (known: { title: Text } | undefined, fallback: string) => (known ? text(known.title) : fallback);
      const words: CauseWords = {
        t,
        value: (said, of) => valueText(said, metricOf(domains, domain, of)),
        metric: (of) => titleOf(metricOf(domains, domain, of), of),
        event: (of) => titleOf(domains.find((d) => d.name === domain)?.events[of], of),
        duration,
        time: (at) => format(at, 'minute'),
      };
      const sentence = sentenceOf(cause, words);
      if (sentence !== undefined)
        return short || typeof name !== 'string' || cause['kind'] === 'sequence'
          ? sentence
          : `${words.metric(name)} ${sentence}`;
      if (name !== undefined && value !== undefined) {
        const metric = metricOf(domains, domain, name);
        const title = metric ? text(metric.title) : String(name);
        const told =
          ofValue === undefined
            ? valueText(value, metric)
            : t('alarms.ratio', { value: valueText(value), of: valueText(ofValue, metricOf(domains, domain, of)) });
        const lasting = typeof forMs === 'number' ? t('alarms.lasting', { value: told, time: duration(forMs) }) : told;
        return short ? lasting : `${title} ${lasting}`;
      }
      const eventType = typeof type === 'string' ? type : event;
      if (typeof eventType === 'string') {
        const known = domains.find((d) => d.name === domain)?.events[eventType];
        const title = t('alarms.event', { name: known ? text(known.title) : eventType });
        const said = short ? '' : membersOf(cause['data']).join(' · ');
        return said ? `${title} · ${said}` : title;
      }
      if (typeof quietMs === 'number') return t('alarms.quiet', { time: duration(quietMs) });
      const silence = silentMs ?? afterMs;
      if (typeof silence === 'number') return t('alarms.silence', { time: duration(silence) });
      return Object.entries(cause)
        .filter(([, v]) => ['string', 'number', 'boolean'].includes(typeof v))
        .map(([k, v]) => `${k} ${valueText(v, metricOf(domains, domain, k))}`)
        .join(' · ');
    },
    [domains, text, valueText, duration, format, t],
  );
}

/** What the rule looked at in an event: labels, zones, the id of a review. */
const membersOf = (data: unknown): string[] =>
  typeof data === 'object' && data !== null
    ? Object.values(data)
        .flat()
        .filter((value) => ['string', 'number', 'boolean'].includes(typeof value))
        .map(String)
    : [];
