import { UploadOutlined } from '@ant-design/icons';
import { Button, Collapse, Form, Input, InputNumber, Segmented, Upload } from 'antd';
import { staffingLimits } from '@sc/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { dayOf, fromWall, plusDays } from '../../lib/site-day.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { aBlock, type PlanFields, type PlanRequest, usualAssumptions } from './form-fields.js';
import { VariantFields } from './variant-fields.js';

/** A month, unless somebody wants otherwise. */
const usualDays = 30;
const assumed = ['travelKmPerHour', 'travelMinutes', 'acceptMinutes', 'handlingMinutes', 'verifyMinutes'] as const;

interface Table {
  name: string;
  text: string;
}

/** Which cases, which ways to staff them, and what is assumed. */
export function PlanForm({ pending, onRun }: { pending: boolean; onRun: (request: PlanRequest) => void }) {
  const { t } = useTranslation('staffing');
  const person = usePerson();
  const { timeZone } = useSiteTime();
  const [today] = useState(() => dayOf(serverNow(), timeZone));
  const [source, setSource] = useState<'site' | 'csv'>('site');
  const [table, setTable] = useState<Table>();
  const [form] = Form.useForm<PlanFields>();
  const areaId = Form.useWatch('areaId', form) ?? person.areaId;
  const rules = [{ required: true, message: t('required') }];
  const instant = (day: string) => new Date(fromWall(`${day}T00:00`, timeZone)).toISOString();
  const finish = ({ from, to, ...fields }: PlanFields) =>
    onRun({
      ...fields,
      from: instant(from),
      to: instant(to),
      ...(source === 'csv' && table ? { csv: table.text } : {}),
    });
  return (
    <Form<PlanFields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="staffing-form"
      initialValues={{
        from: plusDays(today, -usualDays),
        to: plusDays(today, 1),
        areaId: person.areaId,
        variants: [
          { name: t('asWas'), keepShifts: true, without: [], blocks: [] },
          { name: t('plusOne'), keepShifts: true, without: [], blocks: [aBlock(person.areaId)] },
        ],
        runs: 5,
        seed: 1,
        assumptions: usualAssumptions,
      }}
      onFinish={finish}
    >
      <div className="staffing-block">
        <Form.Item name="from" label={t('from')} rules={rules}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="to"
          label={t('to')}
          dependencies={['from']}
          rules={[
            ...rules,
            ({ getFieldValue }) => ({
              validator: (_, to: string) =>
                !to || to > String(getFieldValue('from')) ? Promise.resolve() : Promise.reject(new Error(t('order'))),
            }),
          ]}
        >
          <Input type="date" />
        </Form.Item>
        <Form.Item name="areaId" label={t('area')} rules={rules}>
          <AreaSelect label={t('area')} allowClear={false} />
        </Form.Item>
        <Form.Item label={t('source')}>
          <Segmented<'site' | 'csv'>
            value={source}
            onChange={setSource}
            options={(['site', 'csv'] as const).map((value) => ({ value, label: t(`sources.${value}`) }))}
          />
        </Form.Item>
        {source === 'csv' && <TableChoice table={table} onChoose={setTable} />}
      </div>
      <h3>{t('variants')}</h3>
      <VariantFields areaId={areaId} />
      <Collapse
        ghost
        items={[
          {
            key: 'more',
            label: t('more'),
            forceRender: true,
            children: (
              <div className="staffing-block">
                <Form.Item name="runs" label={t('runs')} rules={rules}>
                  <InputNumber min={1} max={staffingLimits.runs} precision={0} />
                </Form.Item>
                <Form.Item name="seed" label={t('seed')} rules={rules}>
                  <InputNumber min={0} max={2_147_483_647} precision={0} />
                </Form.Item>
                {assumed.map((name) => (
                  <Form.Item key={name} name={['assumptions', name]} label={t(name)} rules={rules}>
                    <InputNumber min={name === 'travelMinutes' ? 0 : 0.5} max={1440} />
                  </Form.Item>
                ))}
              </div>
            ),
          },
        ]}
      />
      <Button type="primary" htmlType="submit" loading={pending} disabled={source === 'csv' && !table}>
        {t('start')}
      </Button>
    </Form>
  );
}

function TableChoice({ table, onChoose }: { table: Table | undefined; onChoose: (table: Table) => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Form.Item label={t('chooseFile')} extra={t('columns')}>
      <Upload
        accept=".csv,text/csv"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => onChoose({ name: file.name, text }));
          return false;
        }}
      >
        <Button icon={<UploadOutlined />}>
          {table
            ? t('file', { name: table.name, count: table.text.split('\n').filter((line) => line.trim()).length - 1 })
            : t('chooseFile')}
        </Button>
      </Upload>
    </Form.Item>
  );
}
