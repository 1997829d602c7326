import { type AuditEntry, auditEntrySchema, type AuditQuery } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { staffQuery } from '../api/queries.js';
import { DaySpan, momentsOf } from '../components/day-span.js';
import { useSiteTime } from '../lib/site-time.js';
import { useAddress } from '../lib/use-address.js';
import { AuditSubject } from './audit-words.js';

const actorKinds = auditEntrySchema.shape.actorKind.options;
type Subject = Pick<AuditEntry, 'subjectType' | 'subjectId'>;

/** Everything about one thing, as the address of this page says it. */
export const subjectAddress = ({ subjectType, subjectId }: Subject): string =>
  new URLSearchParams({ about: subjectType, id: subjectId }).toString();

/** `by`: a kind of actor or a person; `about` and `id`: a kind of thing, or one; `from`, `to`: days. */
export function useAuditFilter() {
  const { params, change } = useAddress();
  const { timeZone } = useSiteTime();
  const by = params.get('by') || undefined;
  const kind = actorKinds.find((one) => one === by);
  const about = params.get('about') || undefined;
  const id = params.get('id') || undefined;
  const day = (name: string) => z.iso.date().safeParse(params.get(name)).data ?? '';
  const days = { from: day('from'), to: day('to') };
  const filter: Partial<AuditQuery> = {
    ...(kind ? { actorKind: kind } : by && { actorKind: 'person', actorId: by }),
    ...(about && { subjectType: about }),
    ...(id && { subjectId: id }),
    ...momentsOf(days, timeZone),
  };
  return { filter, isFiltered: Object.keys(filter).length > 0, by, about, id, days, change };
}

export function AuditFilter({ nameOf }: { nameOf: (subject: Subject) => string | undefined }) {
  const { t } = useTranslation(['desk', 'words']);
  const { by, about, id, days, change } = useAuditFilter();
  const people = useQuery(staffQuery).data?.items ?? [];
  const kinds = t('audit.subjectType', { returnObjects: true });
  return (
    <div className="row-wrap">
      <Select
        aria-label={t('audit.who')}
        style={{ width: 200 }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('audit.anybody')}
        value={by}
        onChange={(value?: string) => change({ by: value })}
        options={[
          ...actorKinds.map((kind) => ({ value: kind, label: t(`audit.byKind.${kind}`) })),
          ...people.map((person) => ({ value: person.id, label: person.name })),
        ]}
      />
      <Select
        aria-label={t('audit.subject')}
        style={{ width: 200 }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('audit.anything')}
        value={about}
        onChange={(value?: string) => change({ about: value, id: undefined })}
        options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
      />
      <DaySpan value={days} onChange={(value) => change({ ...value })} />
      {about && id && (
        <Tag closable onClose={() => change({ id: undefined })}>
          <AuditSubject
            entry={{ subjectType: about, subjectId: id }}
            name={nameOf({ subjectType: about, subjectId: id })}
          />
        </Tag>
      )}
    </div>
  );
}
