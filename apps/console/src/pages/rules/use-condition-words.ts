import type { Condition, Domain, Signal } from '@sc/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../../api/queries.js';
import { useValueText } from '../../components/cause.js';
import { useDuration, useText } from '../../lib/use-words.js';

type EventCondition = Extract<Condition, { kind: 'event' }>;

/** A sentence that says when a condition begins and ends; of a group one for each member besides. */
export interface ConditionWords {
  words: string;
  members: string[];
}

/** A condition in the words of the reader, with names and units of its domain. */
export function useConditionWords(): (condition: Condition, domain: string) => ConditionWords {
  const { t, i18n } = useTranslation(['rules', 'words']);
  const domains = useDomains();
  const text = useText();
  const value = useValueText();
  const duration = useDuration();
  return useCallback(
    (condition, domainName) => {
      const list = (names: readonly string[]) =>
        new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(names);

      const sentence = (c: Condition, domain: Domain | undefined): string => {
        const metricOf = (name: string) => domain?.metrics[name];
        const named = (name: string) => {
          const metric = metricOf(name);
          return metric ? text(metric.title) : name;
        };
        const eventName = (type: string) => {
          const event = domain?.events[type];
          return t('sentence.quoted', { name: event ? text(event.title) : type });
        };
        const time = (ms: number) => duration(ms);
        const after = (ms: number) => (ms > 0 ? t('sentence.for', { time: time(ms) }) : '');
        const level = (of: number, c: { metric: string; of?: string }) =>
          c.of === undefined
            ? value(of, metricOf(c.metric))
            : t('sentence.share', { value: Math.round(of * 1000) / 10, of: named(c.of) });
        const matched = (match: EventCondition['match']) =>
          match?.length
            ? t('sentence.where', {
                match: match
                  .map((one) => t('sentence.is', { field: one.field, values: list(one.anyOf.map(String)) }))
                  .join(', '),
              })
            : '';
        const signal = (one: Signal) =>
          'event' in one
            ? eventName(one.event) + matched(one.match)
            : t('sentence.becomes', { metric: named(one.metric), value: one.value ? t('yes') : t('no') });
        const ending = (clearOn: readonly string[], quietMs: number | undefined) => {
          const clear = list(clearOn);
          if (clearOn.length > 0 && quietMs !== undefined)
            return t('sentence.endEither', { clear, time: time(quietMs) });
          if (clearOn.length > 0) return t('sentence.endEvent', { clear });
          return quietMs === undefined ? t('sentence.endPerson') : t('sentence.endQuiet', { time: time(quietMs) });
        };
        switch (c.kind) {
          case 'threshold':
            return t(`sentence.${c.direction}`, {
              metric: named(c.metric),
              raise: level(c.raiseAt, c),
              clear: level(c.clearAt, c),
              delay:
                after(c.onDelayMs) + ((c.repeatCount ?? 1) > 1 ? t('sentence.inARow', { count: c.repeatCount }) : ''),
              off: after(c.offDelayMs),
            });
          case 'silence':
            return t('sentence.silence', { time: time(c.afterMs) });
          case 'event':
            return t('sentence.event', {
              raise: list(c.raiseOn.map(eventName)),
              match: matched(c.match),
              end: ending(c.clearOn.map(eventName), c.quietMs),
            });
          case 'held':
            return t('sentence.held', {
              metric: named(c.metric),
              value: c.value ? t('yes') : t('no'),
              time: time(c.forMs),
            });
          case 'rate':
            return t(`sentence.${c.direction}`, {
              metric: named(c.metric),
              raise: level(c.raiseAt, c),
              clear: level(c.clearAt, c),
              window: time(c.windowMs),
              delay: after(c.onDelayMs),
              off: after(c.offDelayMs),
            });
          case 'stuck':
            return t('sentence.stuck', {
              metric: named(c.metric),
              tolerance: level(c.tolerance, c),
              time: time(c.forMs),
            });
          case 'baseline':
            return t('sentence.baseline', {
              metric: named(c.metric),
              side: t(`direction.${c.direction}`),
              raise: c.raiseAt,
              clear: c.clearAt,
              delay: after(c.onDelayMs),
              off: after(c.offDelayMs),
              time: time(c.learnMs),
            });
          case 'forecast':
            return t('sentence.forecast', {
              metric: named(c.metric),
              level: level(c.level, c),
              horizon: time(c.horizonMs),
              beyond: time(c.clearBeyondMs),
            });
          case 'sequence': {
            const said = { on: list(c.on.map(signal)), expect: list(c.expect.map(signal)), time: time(c.withinMs) };
            if (c.order === 'after') return t('sentence.after', said);
            return t('sentence.before', { ...said, end: ending((c.clearOn ?? []).map(signal), c.quietMs) });
          }
          case 'group': {
            const place = c.within === 'device' ? t('sentence.device') : t(`words:areaKind.${c.within}`);
            const said = { count: c.atLeast, place, time: time(c.windowMs) };
            if (c.counting === 'device') return t('sentence.groupDevice', said);
            return t(c.counting === 'member' ? 'sentence.groupMember' : 'sentence.groupEach', said);
          }
          default:
            return t('sentence.other', { kind: (c as { kind: string }).kind });
        }
      };
      const byName = (name: string) => domains.find((domain) => domain.name === name);
      const members = condition.kind === 'group' ? condition.members : [];
      return {
        words: sentence(condition, byName(domainName)),
        members: members.map((member) => {
          const domain = byName(member.domain ?? domainName);
          const words = sentence(member.condition, domain);
          return t('sentence.inDomain', { domain: domain ? text(domain.title) : (member.domain ?? ''), words });
        }),
      };
    },
    [t, i18n.language, domains, text, value, duration],
  );
}
