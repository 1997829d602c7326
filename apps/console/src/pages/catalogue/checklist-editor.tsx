import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ChecklistItem } from '@sc/contracts';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const kinds = ['check', 'text', 'number'] as const;

/** What is answered before an order of this kind is reported, line by line. Keys are given by us: nobody has to think of them. */
export function ChecklistEditor({ name }: { name: string[] }) {
  const { t } = useTranslation('catalogue');
  const form = Form.useFormInstance();
  const rule = [{ required: true, whitespace: true, message: t('required') }];
  const lines = (Form.useWatch(name, form) ?? []) as (Partial<ChecklistItem> | undefined)[];
  const nextKey = () => {
    const used = new Set(lines.map((line) => line?.key));
    let n = lines.length + 1;
    while (used.has(`line-${n}`)) n += 1;
    return `line-${n}`;
  };
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <div className="stack">
          {fields.map((field) => (
            <fieldset key={field.key} className="catalogue-check">
              <div className="catalogue-check-texts">
                <Form.Item name={[field.name, 'title', 'zh-CN']} label={t('lineZh')} rules={rule}>
                  <Input maxLength={500} />
                </Form.Item>
                <Form.Item name={[field.name, 'title', 'en']} label={t('lineEn')} rules={rule}>
                  <Input maxLength={500} />
                </Form.Item>
              </div>
              <div className="catalogue-check-rest">
                <Form.Item name={[field.name, 'kind']} label={t('lineKind')}>
                  <Select
                    style={{ width: 130 }}
                    options={kinds.map((kind) => ({ value: kind, label: t(`line.${kind}`) }))}
                  />
                </Form.Item>
                {lines[field.name]?.kind === 'number' && <Range at={field.name} />}
                <Form.Item name={[field.name, 'required']} valuePropName="checked" label=" " colon={false}>
                  <Checkbox>{t('line.required')}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('removeLine')}
                  onClick={() => remove(field.name)}
                />
              </div>
            </fieldset>
          ))}
          <Button
            icon={<PlusOutlined />}
            disabled={fields.length >= 50}
            onClick={() => add({ key: nextKey(), kind: 'check', required: true, unit: '' })}
          >
            {t('addLine')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

function Range({ at }: { at: number }) {
  const { t } = useTranslation('catalogue');
  return (
    <>
      <Form.Item name={[at, 'unit']} label={t('measure')}>
        <Input maxLength={16} style={{ width: 80 }} />
      </Form.Item>
      <Form.Item name={[at, 'min']} label={t('least')}>
        <InputNumber style={{ width: 90 }} />
      </Form.Item>
      <Form.Item name={[at, 'max']} label={t('most')}>
        <InputNumber style={{ width: 90 }} />
      </Form.Item>
    </>
  );
}
