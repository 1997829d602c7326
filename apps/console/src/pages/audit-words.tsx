import type { AuditEntry } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { peopleQuery, recentAlarmsQuery, recentOrdersQuery, useRules } from '../api/queries.js';
import { usePlace } from '../lib/use-place.js';
import { useText } from '../lib/use-words.js';

/** An action code in words; one that this console does not know stays its code. */
export function useAuditAction(): (code: string) => string {
  const { t, i18n } = useTranslation('words');
  return (code) => {
    const key = `auditAction.${code}`;
    return i18n.exists(key, { ns: 'words' }) ? t(key as 'auditAction.area.created') : code;
  };
}

/** Who it was: a name, a device, or a part of the platform that acts by itself. */
export function useAuditActor(): (entry: Pick<AuditEntry, 'actorKind' | 'actorId' | 'actorName'>) => string {
  const { t, i18n } = useTranslation('words');
  return ({ actorKind, actorId, actorName }) => {
    const key = `systemPart.${actorId}`;
    const isPart = actorKind === 'system' && i18n.exists(key, { ns: 'words' });
    const which = isPart ? t(key as 'systemPart.alarms') : actorId;
    return actorName ?? `${t(`actor.${actorKind}`)} · ${which}`;
  };
}

type Subject = Pick<AuditEntry, 'subjectType' | 'subjectId'>;

/** Names of subjects, from lists that are read once; of what lies further back only the id is known. */
export function useSubjectNames(): (subject: Subject) => string | undefined {
  const text = useText();
  const place = usePlace();
  const { t } = useTranslation('desk');
  const rules = useRules();
  const people = useQuery(peopleQuery).data?.items;
  const orders = useQuery(recentOrdersQuery).data?.items;
  const alarms = useQuery(recentAlarmsQuery).data?.items;
  const names = useMemo(
    () =>
      new Map<string, string>([
        ...rules.map((r): [string, string] => [`rule ${r.id}`, text(r.title)]),
        ...(people ?? []).map((p): [string, string] => [`person ${p.id}`, p.name]),
        ...(orders ?? []).map((o): [string, string] => [`work-order ${o.id}`, o.number]),
        ...(alarms ?? []).map((a): [string, string] => [`alarm ${a.id}`, `${text(a.title)} · ${a.deviceName}`]),
      ]),
    [rules, people, orders, alarms, text],
  );
  return useCallback(
    ({ subjectType, subjectId }) => {
      if (subjectType === 'area') return place(subjectId);
      return subjectId === 'several' ? t('audit.several') : names.get(`${subjectType} ${subjectId}`);
    },
    [names, place, t],
  );
}

const pageOf: Record<string, string> = {
  alarm: '/alarms/',
  area: '/areas/',
  device: '/devices/',
  incident: '/incidents/',
  rule: '/rules/',
  'work-order': '/work-orders/',
};

export function AuditSubject({ entry, name }: { entry: Subject; name?: string }) {
  const { t, i18n } = useTranslation('desk');
  const { subjectType, subjectId } = entry;
  const kind = `audit.subjectType.${subjectType}`;
  const page = subjectId === 'several' ? undefined : pageOf[subjectType];
  const label = name ?? <code>{subjectId}</code>;
  return (
    <>
      {i18n.exists(kind, { ns: 'desk' }) ? t(kind as 'audit.subjectType.alarm') : subjectType}{' '}
      {page ? <Link to={page + subjectId}>{label}</Link> : label}
    </>
  );
}
