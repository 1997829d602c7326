import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AreaSelect } from '../../../components/area-select.js';
import { dayOf, fromWall, plusDays } from '../../../lib/site-day.js';
import { serverNow, useSiteTime } from '../../../lib/site-time.js';

interface Fields {
  areaId?: string;
  from: string;
  to: string;
}
interface Range {
  areaId?: string;
  from: string;
  to: string;
}

/** A month, unless somebody wants otherwise. */
const usualDays = 30;

/** Which time and which area; times are those of the site's clock. */
export function BackTestForm({ pending, onRun }: { pending: boolean; onRun: (range: Range) => void }) {
  const { t } = useTranslation('back-test');
  const { timeZone } = useSiteTime();
  const [today] = useState(() => dayOf(serverNow(), timeZone));
  const required = { required: true, message: t('required') };
  const instant = (wall: string) => new Date(fromWall(wall, timeZone)).toISOString();
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      className="back-test-form"
      initialValues={{ from: `${plusDays(today, -usualDays)}T00:00`, to: `${today}T00:00` }}
      onFinish={({ areaId, from, to }) =>
        onRun({ ...(areaId ? { areaId } : {}), from: instant(from), to: instant(to) })
      }
    >
      <Form.Item name="from" label={`${t('from')} · ${t('zone', { zone: timeZone })}`} rules={[required]}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item
        name="to"
        label={t('to')}
        dependencies={['from']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, to: string) =>
              !to || to > (getFieldValue('from') as string) ? Promise.resolve() : Promise.reject(new Error(t('order'))),
          }),
        ]}
      >
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="areaId" label={t('area')}>
        <AreaSelect placeholder={t('allAreas')} label={t('area')} width="100%" />
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={pending} block>
          {t('start')}
        </Button>
      </Form.Item>
    </Form>
  );
}
