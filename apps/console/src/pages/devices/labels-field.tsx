import { labelSchema } from '@sc/contracts';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const most = 16;

/** Words by which rules speak of several devices. */
export function LabelsField() {
  const { t } = useTranslation('desk');
  const areWords = (_: unknown, value: string[] = []) =>
    value.every((label) => labelSchema.safeParse(label).success)
      ? Promise.resolve()
      : Promise.reject(new Error(t('devices.ruleLabelsHint')));
  return (
    <Form.Item
      name="labels"
      label={t('devices.ruleLabels')}
      extra={t('devices.ruleLabelsHint')}
      rules={[{ validator: areWords }]}
    >
      <Select mode="tags" maxCount={most} open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，']} />
    </Form.Item>
  );
}
