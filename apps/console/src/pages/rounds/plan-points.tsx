import { Button, Form, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mapDevicesQuery } from '../../api/queries.js';
import { AreaSelect } from '../../components/area-select.js';
import { Panel } from '../../components/page.js';
import { newPoint } from './plan-fields.js';
import { PlanItems } from './plan-items.js';

type Options = { value: string; label: string }[];

/** The places of a round in the order in which one comes to them. */
export function PlanPoints({ kinds }: { kinds: Options }) {
  const { t } = useTranslation('rounds');
  const devices = useQuery(mapDevicesQuery).data?.items ?? [];
  const required = { required: true, whitespace: true, message: t('form.required') };
  return (
    <Form.List name="points">
      {(points, { add, remove, move }) => (
        <>
          {points.map(({ key, name }, index) => (
            <Panel
              key={key}
              title={t('form.point', { n: index + 1 })}
              extra={
                <>
                  {index > 0 && <Button onClick={() => move(index, index - 1)}>{t('form.up')}</Button>}
                  {points.length > 1 && (
                    <Button danger type="text" onClick={() => remove(name)}>
                      {t('form.removePoint')}
                    </Button>
                  )}
                </>
              }
            >
              <div className="plan-form-grid">
                <Form.Item name={[name, 'zh']} label={t('form.titleZh')} rules={[required]}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[name, 'en']} label={t('form.titleEn')} rules={[required]}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[name, 'areaId']} label={t('form.area')}>
                  <AreaSelect width="100%" />
                </Form.Item>
                <Form.Item name={[name, 'placement']} label={t('form.placement')}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[name, 'deviceId']} label={t('form.device')}>
                  <Select
                    allowClear
                    showSearch={{ optionFilterProp: 'label' }}
                    options={devices.map((device) => ({ value: device.id, label: `${device.name} · ${device.id}` }))}
                  />
                </Form.Item>
              </div>
              <PlanItems point={name} kinds={kinds} />
            </Panel>
          ))}
          <div>
            <Button disabled={points.length >= 50} onClick={() => add(newPoint)}>
              {t('form.addPoint')}
            </Button>
          </div>
        </>
      )}
    </Form.List>
  );
}
