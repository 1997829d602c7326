import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { InputNumber, Rate, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { helpTeamsQuery, openOrdersQuery } from '../../api/cases.js';
import { peopleQuery } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';
import { limitUnits, spanUnits, type StepForm } from './step-details.js';

interface Props {
  action: PersonWorkOrderAction;
  order: WorkOrderDetail;
  form: StepForm;
  onChange: (change: Partial<StepForm>) => void;
}

/** What a step asks for besides a note. */
export function StepFields(props: Props) {
  const { action, form, onChange } = props;
  const { t } = useTranslation('cases');
  if (action === 'suspend' || action === 'urge')
    return (
      <Amount
        label={t(action === 'urge' ? 'within' : 'for')}
        units={spanUnits}
        value={form.span}
        onChange={(span) => onChange({ span })}
      />
    );
  if (action === 'request-extension')
    return (
      <Amount label={t('amount')} units={limitUnits} value={form.limit} onChange={(limit) => onChange({ limit })} />
    );
  if (action === 'assign') return <PersonField {...props} />;
  if (action === 'invite') return <HelperFields {...props} />;
  if (action === 'release' || action === 'assist-done') return <AssistField {...props} />;
  if (action === 'merge') return <IntoField {...props} />;
  if (action === 'evaluate')
    return (
      <div>
        <div>{t('score')}</div>
        <Rate value={form.score} onChange={(score) => onChange({ score })} />
      </div>
    );
  return null;
}

function Amount<U extends 'minutes' | 'hours' | 'days' | 'working-hours' | 'working-days'>({
  label,
  units,
  value,
  onChange,
}: {
  label: string;
  units: readonly U[];
  value: { amount: number; unit: U };
  onChange: (value: { amount: number; unit: U }) => void;
}) {
  const { t } = useTranslation('cases');
  return (
    <div>
      <label htmlFor="step-amount">{label}</label>
      <div className="row-wrap">
        <InputNumber
          id="step-amount"
          min={1}
          max={365}
          precision={0}
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount: amount ?? 1 })}
        />
        <Select<U>
          aria-label={t('amount')}
          style={{ width: 140 }}
          value={value.unit}
          options={units.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
          onChange={(unit) => onChange({ ...value, unit })}
        />
      </div>
    </div>
  );
}

function PersonField({ order, form, onChange, action }: Props) {
  const { t } = useTranslation(['cases', 'words']);
  const people = useQuery(peopleQuery).data?.items ?? [];
  const able = people.filter(
    ({ id, role }) => id !== order.assigneeId && (action === 'invite' || role === 'officer' || role === 'manager'),
  );
  return (
    <Select
      aria-label={t('person')}
      placeholder={t('person')}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      value={form.personId}
      options={able.map(({ id, name, role }) => ({ value: id, label: `${name} · ${t(`words:role.${role}`)}` }))}
      onChange={(personId) => onChange({ personId })}
    />
  );
}

function HelperFields(props: Props) {
  const { form, onChange } = props;
  const { t } = useTranslation('cases');
  const text = useText();
  const teams = useQuery(helpTeamsQuery).data?.items ?? [];
  return (
    <div className="stack">
      <Segmented
        aria-label={t('chooseHelper')}
        value={form.helper}
        options={(['person', 'team'] as const).map((value) => ({ value, label: t(`helper.${value}`) }))}
        onChange={(helper) => onChange({ helper })}
      />
      {form.helper === 'person' ? (
        <PersonField {...props} />
      ) : (
        <Select
          aria-label={t('team')}
          placeholder={t('team')}
          style={{ width: '100%' }}
          value={form.teamId}
          options={teams.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: text(name) }))}
          onChange={(teamId) => onChange({ teamId })}
        />
      )}
    </div>
  );
}

function AssistField({ order, form, onChange }: Props) {
  const { t } = useTranslation('cases');
  const text = useText();
  const open = order.assists.filter(({ state }) => state === 'open');
  if (open.length < 2) return null;
  return (
    <Select
      aria-label={t('assist')}
      placeholder={t('assist')}
      style={{ width: '100%' }}
      value={form.assistId}
      options={open.map(({ id, team, person }) => ({ value: id, label: team ? text(team.name) : person?.name }))}
      onChange={(assistId) => onChange({ assistId })}
    />
  );
}

function IntoField({ order, form, onChange }: Props) {
  const { t } = useTranslation('cases');
  const text = useText();
  const others = (useQuery(openOrdersQuery).data?.items ?? []).filter(({ id }) => id !== order.id);
  return (
    <div>
      <Select
        aria-label={t('into')}
        placeholder={t('into')}
        style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        value={form.intoId}
        options={others.map(({ id, number, title, areaName }) => ({
          value: id,
          label: `${number} · ${text(title)} · ${text(areaName)}`,
        }))}
        onChange={(intoId) => onChange({ intoId })}
      />
      <div className="muted">{t('intoHint')}</div>
    </div>
  );
}
