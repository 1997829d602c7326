import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { newItem } from './plan-fields.js';

const kindsOfItem = ['check', 'number', 'text'] as const;

/** The checklist of one place. */
export function PlanItems({ point, kinds }: { point: number; kinds: { value: string; label: string }[] }) {
  const { t } = useTranslation('rounds');
  const form = Form.useFormInstance();
  const watched = Form.useWatch(['points', point, 'items'], form) as { kind?: string }[] | undefined;
  const required = { required: true, whitespace: true, message: t('form.required') };
  return (
    <Form.List name={[point, 'items']}>
      {(items, { add, remove }) => (
        <>
          {items.map(({ key, name }, index) => (
            <div key={key} className="plan-form-item">
              <div className="plan-form-head">
                <strong>
                  {t('form.items')} {index + 1}
                </strong>
                {items.length > 1 && (
                  <Button type="text" danger onClick={() => remove(name)}>
                    {t('form.removeItem')}
                  </Button>
                )}
              </div>
              <div className="plan-form-grid">
                <Form.Item name={[name, 'zh']} label={t('form.titleZh')} rules={[required]}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[name, 'en']} label={t('form.titleEn')} rules={[required]}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name={[name, 'kind']} label={t('form.kind')}>
                  <Select options={kindsOfItem.map((value) => ({ value, label: t(`form.itemKinds.${value}`) }))} />
                </Form.Item>
                {watched?.[name]?.kind === 'number' && (
                  <>
                    <Form.Item name={[name, 'unit']} label={t('form.unit')} rules={[required]}>
                      <Input maxLength={16} />
                    </Form.Item>
                    <Form.Item name={[name, 'min']} label={t('form.min')}>
                      <InputNumber style={{ width: '100%' }} />
                    </Form.Item>
                    <Form.Item name={[name, 'max']} label={t('form.max')}>
                      <InputNumber style={{ width: '100%' }} />
                    </Form.Item>
                  </>
                )}
                <Form.Item name={[name, 'category']} label={t('form.itemCategory')}>
                  <AutoComplete allowClear options={kinds} />
                </Form.Item>
                <Form.Item name={[name, 'required']} label=" " valuePropName="checked">
                  <Checkbox>{t('form.must')}</Checkbox>
                </Form.Item>
              </div>
            </div>
          ))}
          <Form.Item>
            <Button disabled={items.length >= 50} onClick={() => add(newItem)}>
              {t('form.addItem')}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}
