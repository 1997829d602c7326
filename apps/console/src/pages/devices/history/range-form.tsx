import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { fromWall, wallMinute } from '../../../lib/site-day.js';
import { serverNow, useSiteTime } from '../../../lib/site-time.js';
import { fitted, type Span } from './span.js';

interface Fields {
  from: string;
  to: string;
}

/** From when to when, by the clock and the calendar of the site. */
export function RangeForm({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useTranslation(['history', 'exports']);
  const { timeZone } = useSiteTime();
  const required = { required: true, message: t('exports:required') };
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      initialValues={{ from: wallMinute(span.from, timeZone), to: wallMinute(span.to, timeZone) }}
      onFinish={({ from, to }) =>
        onSpan(fitted({ from: fromWall(from, timeZone), to: fromWall(to, timeZone) }, serverNow()))
      }
    >
      <Form.Item name="from" label={t('exports:from')} rules={[required]}>
        <Input type="datetime-local" max={wallMinute(serverNow(), timeZone)} />
      </Form.Item>
      <Form.Item
        name="to"
        label={t('exports:to')}
        extra={t('exports:zone', { zone: timeZone })}
        dependencies={['from']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, to: string) =>
              !to || to > (getFieldValue('from') as string)
                ? Promise.resolve()
                : Promise.reject(new Error(t('exports:order'))),
          }),
        ]}
      >
        <Input type="datetime-local" />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('show')}
      </Button>
    </Form>
  );
}
