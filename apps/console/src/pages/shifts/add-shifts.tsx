import { mayBeOnShift } from '@sc/contracts';
import { App, Form, Input, InputNumber, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { keys } from '../../api/keys.js';
import { peopleQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { useSiteTime } from '../../lib/site-time.js';
import { patterns, timesOf, type Pattern } from './patterns.js';

interface Fields {
  personId: string;
  areaId: string;
  pattern: Pattern;
  firstDay: string;
  days: number;
  from: string;
  to: string;
}

/** One shift, or the same one on several days: all of them or none. */
export function AddShifts({ firstDay, onClose }: { firstDay: string; onClose: () => void }) {
  const { t } = useTranslation(['site', 'desk', 'app']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const officers = (useQuery(peopleQuery).data?.items ?? []).filter((p) => mayBeOnShift(p.role));
  const [form] = Form.useForm<Fields>();
  const own = Form.useWatch('pattern', form) === 'own';
  const add = useMutation({
    mutationFn: ({ personId, areaId, ...f }: Fields) => {
      const [from, to] = f.pattern === 'own' ? [f.from, f.to] : patterns[f.pattern];
      return api.addShifts({ personId, areaId, times: timesOf(f.firstDay, f.days, from, to, timeZone) });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.allShifts });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const choices = (Object.keys(patterns) as (keyof typeof patterns)[]).map((name) => ({
    value: name as Pattern,
    label: `${t(`shifts.pattern.${name}`)} · ${patterns[name].join('–')}`,
  }));
  return (
    <FormModal
      title={t('shifts.add')}
      okText={t('shifts.add')}
      form={form}
      initialValues={{ pattern: 'early', firstDay, days: 5, from: '08:00', to: '17:00' }}
      save={add}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('shifts.officer')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('shifts.nobody')}
          options={officers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string) => form.setFieldValue('areaId', officers.find((p) => p.id === id)?.areaId)}
        />
      </Form.Item>
      <Form.Item name="areaId" label={t('people.area')} extra={t('shifts.areaHint')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="pattern" label={t('shifts.hours')}>
        <Select options={[...choices, { value: 'own', label: t('shifts.pattern.own') }]} />
      </Form.Item>
      <div className="field-row">
        {own && (
          <>
            <Form.Item name="from" label={t('desk:shifts.from')} rules={[required]}>
              <Input type="time" />
            </Form.Item>
            <Form.Item name="to" label={t('desk:shifts.to')} rules={[required]}>
              <Input type="time" />
            </Form.Item>
          </>
        )}
        <Form.Item name="firstDay" label={t('shifts.firstDay')} rules={[required]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="days" label={t('shifts.days')} rules={[required]}>
          <InputNumber min={1} max={31} precision={0} />
        </Form.Item>
      </div>
    </FormModal>
  );
}
