import { type AreaCalendar, hoursOf, hoursText } from '@sc/contracts';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { ProblemAlert } from '../../components/query-state.js';

interface Fields {
  name: string;
  timeZone: string;
  /** As text, Monday first: quicker to write than to point at. */
  week: string[];
  days?: { date: string; name: string; hours?: string }[];
}

const office = '09:00-12:00 13:30-17:30';
const presets: Record<'office' | 'clock', string[]> = {
  office: [office, office, office, office, office, '', ''],
  clock: Array.from({ length: 7 }, () => '00:00-24:00'),
};
const timeZones = () => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));

/** A calendar of this area's own; of one that inherits, it begins as a copy. */
export function CalendarForm({ calendar, onDone }: { calendar: AreaCalendar; onDone: () => void }) {
  const { t } = useTranslation(['calendars', 'desk', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: ({ name, timeZone, week, days = [] }: Fields) =>
      api.saveCalendar(calendar.areaId, {
        name,
        revision: calendar.revision,
        calendar: {
          timeZone,
          week: week.map((text) => hoursOf(text ?? '') ?? []),
          exceptions: days.map((day) => ({ ...day, hours: hoursOf(day.hours ?? '') ?? [] })),
        },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.calendars });
      void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      void message.success(t('saved'));
      onDone();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const hours = {
    validator: (_: unknown, text?: string) => (hoursOf(text ?? '') ? Promise.resolve() : Promise.reject(t('badHours'))),
  };
  const someWork = {
    validator: () =>
      form.getFieldValue('week').some((text?: string) => text?.trim())
        ? Promise.resolve()
        : Promise.reject(t('noWork')),
  };
  const once = {
    validator: (_: unknown, date?: string) =>
      (form.getFieldValue('days') as Fields['days'])?.filter((day) => day?.date === date).length === 1
        ? Promise.resolve()
        : Promise.reject(t('doubled')),
  };
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        name: calendar.name,
        timeZone: calendar.timeZone,
        week: calendar.week.map(hoursText),
        days: calendar.exceptions.map((day) => ({ ...day, hours: hoursText(day.hours) })),
      }}
      onFinish={(fields) => save.mutate(fields)}
    >
      <div className="field-row">
        <Form.Item name="name" label={t('name')} rules={[required]}>
          <Input maxLength={80} placeholder={t('namePlaceholder')} />
        </Form.Item>
        <Form.Item name="timeZone" label={t('zone')} rules={[required]}>
          <Select showSearch options={timeZones()} popupMatchSelectWidth={260} />
        </Form.Item>
      </div>
      <h3>{t('week')}</h3>
      <p className="muted">{t('hoursExtra')}</p>
      <p className="calendar-presets">
        {(['office', 'clock'] as const).map((preset) => (
          <Button key={preset} size="small" onClick={() => form.setFieldValue('week', presets[preset])}>
            {t(`presets.${preset}`)}
          </Button>
        ))}
      </p>
      {weekdays.map((n) => (
        <Form.Item
          key={n}
          name={['week', n]}
          label={t(`weekday.${(n + 1) as 1}`)}
          layout="horizontal"
          labelCol={{ flex: '104px' }}
          labelAlign="left"
          colon={false}
          className="calendar-day"
          rules={n === 0 ? [hours, someWork] : [hours]}
        >
          <Input placeholder={t('off')} />
        </Form.Item>
      ))}
      <h3>{t('days')}</h3>
      <Form.List name="days">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name: n }) => (
              <div key={key} className="calendar-exception">
                <Form.Item name={[n, 'date']} rules={[required, once]}>
                  <Input type="date" aria-label={t('date')} />
                </Form.Item>
                <Form.Item name={[n, 'name']} rules={[required]}>
                  <Input maxLength={60} aria-label={t('dayName')} placeholder={t('dayNamePlaceholder')} />
                </Form.Item>
                <Form.Item name={[n, 'hours']} rules={[hours]}>
                  <Input aria-label={t('hours')} placeholder={t('off')} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('remove')} onClick={() => remove(n)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ hours: '' }, 0)}>
              {t('addDay')}
            </Button>
          </>
        )}
      </Form.List>
      <div className="calendar-save">
        {save.error && <ProblemAlert error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('app:save')}
        </Button>
        <Button onClick={onDone}>{t('app:cancel')}</Button>
      </div>
    </Form>
  );
}
