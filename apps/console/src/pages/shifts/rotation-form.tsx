import { mayBeOnShift, type Rotation, type RotationPlan, type SaveRotation } from '@sc/contracts';
import { App, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { directoryApi, dutyKeys } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { AreaSelect } from '../../components/area-select.js';
import { useSiteTime } from '../../lib/site-time.js';
import { daysOf, lettersOf, lettersPattern } from './rotation-letters.js';

interface Fields {
  name: string;
  areaId: string;
  memberIds: string[];
  timeZone: string;
  firstDay: string;
  lastDay?: string;
  kind: RotationPlan['kind'];
  turnDays: number;
  offsetDays: number;
  days: string;
  from: string;
  to: string;
  nightFrom: string;
  nightTo: string;
}

const planOf = (f: Fields): RotationPlan =>
  f.kind === 'turns'
    ? { kind: 'turns', turnDays: f.turnDays, hours: [{ from: f.from, to: f.to }] }
    : {
        kind: 'pattern',
        days: daysOf(f.days, { day: { from: f.from, to: f.to }, night: { from: f.nightFrom, to: f.nightTo } }),
        offsetDays: f.offsetDays,
      };

function fieldsOf({ plan, ...rotation }: Rotation): Partial<Fields> {
  const facts = { ...rotation, lastDay: rotation.lastDay ?? '', kind: plan.kind };
  if (plan.kind === 'turns') return { ...facts, turnDays: plan.turnDays, ...plan.hours[0] };
  const hours = plan.days.flat();
  const day = hours.find(({ from }) => from < '15:00');
  const night = hours.find(({ from }) => from >= '15:00');
  return {
    ...facts,
    offsetDays: plan.offsetDays,
    days: lettersOf(plan.days),
    ...day,
    ...(night ? { nightFrom: night.from, nightTo: night.to } : {}),
  };
}

const defaults = {
  kind: 'turns' as const,
  turnDays: 7,
  offsetDays: 2,
  days: 'DDNN--',
  from: '08:00',
  to: '20:00',
  nightFrom: '20:00',
  nightTo: '08:00',
};

/** Whether the form shows all of it: what it cannot show it would lose. */
export function fitsForm(rotation: Rotation): boolean {
  const fields = { ...defaults, ...fieldsOf(rotation) } as Fields;
  return JSON.stringify(planOf(fields)) === JSON.stringify(rotation.plan);
}

/** A rotation in the two forms that people use; others come by the API. */
export function RotationForm({
  rotation,
  firstDay,
  onClose,
}: {
  rotation?: Rotation | undefined;
  firstDay: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(['directory', 'app', 'desk']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const officers = (useQuery(peopleQuery).data?.items ?? []).filter(({ role }) => mayBeOnShift(role));
  const [form] = Form.useForm<Fields>();
  const pattern = Form.useWatch('kind', form) === 'pattern';
  const save = useMutation({
    mutationFn: (f: Fields) => {
      const { name, areaId, memberIds } = f;
      const body: SaveRotation = {
        name,
        areaId,
        memberIds,
        timeZone: f.timeZone,
        firstDay: f.firstDay,
        lastDay: f.lastDay || null,
        plan: planOf(f),
      };
      return rotation ? directoryApi.updateRotation(rotation.id, body) : directoryApi.createRotation(body);
    },
    onSuccess: () => {
      for (const queryKey of dutyKeys) void queries.invalidateQueries({ queryKey });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const time = (name: keyof Fields, label: string) => (
    <Form.Item name={name} label={label} rules={[required]}>
      <Input type="time" />
    </Form.Item>
  );
  return (
    <FormModal
      title={t(rotation ? 'rotations.edit' : 'rotations.add')}
      form={form}
      initialValues={{ ...defaults, firstDay, timeZone, ...(rotation ? fieldsOf(rotation) : {}) }}
      save={save}
      onClose={onClose}
    >
      {rotation && <p className="muted">{t('rotations.editText')}</p>}
      <Form.Item name="name" label={t('rotations.name')} rules={[{ ...required, whitespace: true }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="areaId" label={t('teams.area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="memberIds" label={t('rotations.members')} rules={[required]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={officers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('rotations.kind')}>
        <Radio.Group
          options={(['turns', 'pattern'] as const).map((kind) => ({
            value: kind,
            label: t(`rotations.kinds.${kind}`),
          }))}
        />
      </Form.Item>
      {pattern ? (
        <div className="field-row">
          <Form.Item
            name="days"
            label={t('rotations.days')}
            extra={t('rotations.daysHint')}
            normalize={(value: string) => value.toUpperCase()}
            rules={[required, { pattern: lettersPattern, message: t('rotations.daysWrong') }]}
          >
            <Input maxLength={56} spellCheck={false} />
          </Form.Item>
          <Form.Item name="offsetDays" label={t('rotations.offsetDays')} rules={[required]}>
            <InputNumber min={0} max={56} precision={0} />
          </Form.Item>
        </div>
      ) : (
        <Form.Item name="turnDays" label={t('rotations.turnDays')} extra={t('rotations.toHint')} rules={[required]}>
          <InputNumber min={1} max={56} precision={0} />
        </Form.Item>
      )}
      <div className="field-row">
        {time('from', pattern ? `${t('rotations.dayHours')}: ${t('rotations.from')}` : t('rotations.from'))}
        {time('to', t('rotations.to'))}
      </div>
      {pattern && (
        <div className="field-row">
          {time('nightFrom', `${t('rotations.nightHours')}: ${t('rotations.from')}`)}
          {time('nightTo', t('rotations.to'))}
        </div>
      )}
      <div className="field-row">
        <Form.Item name="firstDay" label={t('rotations.firstDay')} rules={[required]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="lastDay" label={t('rotations.lastDay')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="timeZone" label={t('rotations.timeZone')} rules={[required]}>
        <Input maxLength={64} spellCheck={false} />
      </Form.Item>
    </FormModal>
  );
}
