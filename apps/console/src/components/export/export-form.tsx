import { exportFormats, type ExportFormat } from '@sc/contracts';
import { Button, Form, Input, Segmented, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { fromWall, wallMinute } from '../../lib/site-day.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { AreaSelect } from '../area-select.js';
import { ProblemAlert } from '../query-state.js';
import type { ExportScope } from './export-dialog.js';

interface Fields {
  areaId?: string;
  metrics?: string[];
  from: string;
  to: string;
}
const minuteMs = 60_000;

/** Range, metrics and format; times are those of the site's clock. */
export function ExportForm({ scope }: { scope: ExportScope }) {
  const { t } = useTranslation('exports');
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [now] = useState(serverNow);
  const { deviceIds, metrics, shown } = scope;
  /** The input shows minutes: left as it was, it means the very moment that was shown. */
  const momentOf = (wall: string, meant: number | undefined): string =>
    new Date(
      meant !== undefined && wallMinute(meant, timeZone) === wall ? meant : fromWall(wall, timeZone),
    ).toISOString();
  const ask = useMutation({
    mutationFn: (fields: Fields) =>
      api.createExport({
        ...(deviceIds.length ? { deviceIds } : { areaId: fields.areaId }),
        ...(fields.metrics?.length ? { metrics: fields.metrics } : {}),
        from: momentOf(fields.from, shown?.from),
        to: momentOf(fields.to, shown?.to),
        format,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.exports }),
  });
  const required = { required: true, message: t('required') };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => ask.mutate(fields)}
      initialValues={{
        areaId: scope.areaId,
        metrics: shown?.metrics,
        from: wallMinute(shown?.from ?? now - scope.rangeMs, timeZone),
        // The minute that has begun is in it.
        to: wallMinute(shown?.to ?? now + minuteMs, timeZone),
      }}
    >
      <p className="export-what">
        {deviceIds.length === 0 && t('ofArea')}
        {deviceIds.length === 1 && t('ofDevice', { device: scope.name ?? deviceIds[0] })}
        {deviceIds.length > 1 && t('ofDevices', { count: deviceIds.length })}
      </p>
      {deviceIds.length === 0 && (
        <Form.Item name="areaId" label={t('area')} rules={[required]}>
          <AreaSelect placeholder={t('chooseArea')} label={t('area')} />
        </Form.Item>
      )}
      <div className="export-range">
        <Form.Item name="from" label={t('from')} extra={t('zone', { zone: timeZone })} rules={[required]}>
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
                !to || to > (getFieldValue('from') as string)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('order'))),
            }),
          ]}
        >
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      {metrics && (
        <Form.Item name="metrics" label={t('metrics')}>
          <Select mode="multiple" allowClear placeholder={t('allMetrics')} options={metrics} />
        </Form.Item>
      )}
      <div className="row-wrap">
        <Segmented<ExportFormat>
          aria-label={t('format')}
          value={format}
          onChange={setFormat}
          options={exportFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
        />
        <span className="muted export-hint">{t(`formatHint.${format}`)}</span>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t('start')}
        </Button>
      </div>
      {ask.error && <ProblemAlert error={ask.error} />}
    </Form>
  );
}
