import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { AreaSelect } from '../../components/area-select.js';
import { aBlock, everyDay } from './form-fields.js';

/** Officers who are added to one way: how many, where, on which days, from when to when. */
export function BlockFields({ variant, areaId }: { variant: number; areaId: string }) {
  const { t } = useTranslation('staffing');
  const rules = [{ required: true, message: t('required') }];
  // A group of boxes may not be called required (ARIA 1.2), so `required` itself is not used.
  const someDay = {
    validator: (_: unknown, days?: number[]) =>
      days?.length ? Promise.resolve() : Promise.reject(new Error(t('required'))),
  };
  return (
    <Form.List name={[variant, 'blocks']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="staffing-block">
              <Form.Item name={[name, 'officers']} label={t('officers')} rules={rules}>
                <InputNumber min={1} max={100} style={{ width: 76 }} />
              </Form.Item>
              <Form.Item name={[name, 'areaId']} label={t('area')} rules={rules}>
                <AreaSelect label={t('area')} allowClear={false} width={170} />
              </Form.Item>
              <Form.Item name={[name, 'from']} label={t('begin')} rules={rules}>
                <Input type="time" style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, 'to']} label={t('end')} rules={rules}>
                <Input type="time" style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, 'weekdays']} label={t('weekdays')} rules={[someDay]}>
                <Checkbox.Group
                  options={everyDay.map((value) => ({ value, label: t(`weekday.d${value}` as 'weekday.d1') }))}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('removeBlock')}
                title={t('removeBlock')}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(aBlock(areaId))}>
            {t('addBlock')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
