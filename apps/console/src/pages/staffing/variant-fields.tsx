import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { staffingLimits } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../api/queries.js';
import { BlockFields } from './block-fields.js';
import type { VariantFields as Fields } from './form-fields.js';

/** Ways to staff the time: with the shifts as they are, without some people, with officers more. */
export function VariantFields({ areaId }: { areaId: string }) {
  const { t } = useTranslation('staffing');
  const officers = (useQuery(peopleQuery).data?.items ?? []).filter(({ role }) => role === 'officer');
  const fresh = (n: number): Fields => ({ name: t('copyName', { n }), keepShifts: true, without: [], blocks: [] });
  return (
    <Form.List name="variants">
      {(fields, { add, remove }) => (
        <div className="staffing-variants">
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="staffing-variant">
              <legend>{t('variant', { n: name + 1 })}</legend>
              <div className="staffing-block">
                <Form.Item name={[name, 'name']} label={t('name')} rules={[{ required: true, message: t('required') }]}>
                  <Input maxLength={60} style={{ width: 200 }} />
                </Form.Item>
                <Form.Item name={[name, 'keepShifts']} valuePropName="checked" className="staffing-keep">
                  <Checkbox>{t('keepShifts')}</Checkbox>
                </Form.Item>
                <Form.Item name={[name, 'without']} label={t('without')}>
                  <Select
                    mode="multiple"
                    style={{ minWidth: 200 }}
                    placeholder={t('nobodyLeftOut')}
                    options={officers.map(({ id, name: label }) => ({ value: id, label }))}
                    showSearch={{ optionFilterProp: 'label' }}
                  />
                </Form.Item>
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('removeVariant')}
                    title={t('removeVariant')}
                    onClick={() => remove(name)}
                  />
                )}
              </div>
              <BlockFields variant={name} areaId={areaId} />
            </fieldset>
          ))}
          {fields.length < staffingLimits.variants && (
            <Button icon={<PlusOutlined />} onClick={() => add(fresh(fields.length + 1))}>
              {t('addVariant')}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}
