import { Alert, Form, type FormInstance, Input, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { recurrenceCheckQuery } from '../../api/rounds.js';
import { Panel } from '../../components/page.js';
import { useSiteTime } from '../../lib/site-time.js';
import { type PlanFields, recurrenceOf } from './plan-fields.js';
import { recurrenceKinds, weekdays } from './recurrence-text.js';

/** When rounds begin, and what that comes to: the platform's own answer, while one types. */
export function PlanWhen({ form, timeZone }: { form: FormInstance<PlanFields>; timeZone: string }) {
  const { t } = useTranslation('rounds');
  const { format } = useSiteTime();
  const fields = Form.useWatch([], form) as Partial<PlanFields> | undefined;
  const recurrence = useDeferredValue(fields && recurrenceOf(fields, timeZone));
  const check = useQuery({ ...recurrenceCheckQuery(recurrence ?? ''), enabled: Boolean(recurrence) }).data;
  const required = { required: true, message: t('form.required') };
  const repeats = fields?.repeats;
  return (
    <Panel title={t('form.when')}>
      <Form.Item name="repeats" label={t('form.repeats')}>
        <Segmented
          className="plan-form-kinds"
          options={[...recurrenceKinds, 'custom' as const].map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
        />
      </Form.Item>
      {repeats === 'custom' ? (
        <Form.Item
          name="text"
          label={t('form.text')}
          rules={[required]}
          extra={<code>DTSTART;TZID=Asia/Shanghai:20260101T220000 ⏎ RRULE:FREQ=DAILY;BYHOUR=22,2</code>}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} spellCheck={false} />
        </Form.Item>
      ) : (
        <div className="plan-form-grid">
          <Form.Item name="day" label={t('form.first')} rules={[required]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="time" label={t('form.time')} rules={[required]}>
            <Input type="time" />
          </Form.Item>
          {repeats === 'WEEKLY' && (
            <Form.Item name="weekdays" label={t('form.weekdays')}>
              <Select
                mode="multiple"
                options={weekdays.map((value) => ({ value, label: t(`form.weekday.${value}`) }))}
              />
            </Form.Item>
          )}
        </div>
      )}
      {check && check.issues.length > 0 && (
        <Alert type="warning" showIcon title={check.issues.map((code) => t(`issue.${code}`)).join(' ')} />
      )}
      {check && check.next.length > 0 && (
        <p className="plan-form-next muted">
          {t('form.next')}: {check.next.map((at) => format(at)).join(' · ')}
        </p>
      )}
    </Panel>
  );
}
