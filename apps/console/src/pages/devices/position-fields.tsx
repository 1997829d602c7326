import type { Position } from '@sc/contracts';
import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { PositionPicker } from '../map/position-picker.js';

export interface PositionFieldValues {
  longitude?: number | null;
  latitude?: number | null;
}

export const positionOf = ({ longitude, latitude }: PositionFieldValues): Position | null =>
  typeof longitude === 'number' && typeof latitude === 'number' ? [longitude, latitude] : null;

/** WGS-84 degrees; both or neither. */
export function PositionFields() {
  const { t } = useTranslation('desk');
  const form = Form.useFormInstance<PositionFieldValues & { areaId?: string }>();
  const at = positionOf({ longitude: Form.useWatch('longitude', form), latitude: Form.useWatch('latitude', form) });
  const areaId = Form.useWatch('areaId', form);
  const pair = (other: keyof PositionFieldValues) => [
    ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
      validator: (_: unknown, value: unknown) =>
        (typeof value === 'number') === (typeof getFieldValue(other) === 'number')
          ? Promise.resolve()
          : Promise.reject(new Error(t('devices.pairHint'))),
    }),
  ];
  return (
    <div className="row-wrap">
      <Form.Item name="longitude" label={t('devices.longitude')} dependencies={['latitude']} rules={pair('latitude')}>
        <InputNumber min={-180} max={180} step={0.0001} style={{ width: 170 }} />
      </Form.Item>
      <Form.Item name="latitude" label={t('devices.latitude')} dependencies={['longitude']} rules={pair('longitude')}>
        <InputNumber min={-90} max={90} step={0.0001} style={{ width: 170 }} />
      </Form.Item>
      <Form.Item label=" " colon={false}>
        <PositionPicker
          value={at ?? undefined}
          areaId={areaId}
          onChange={([longitude, latitude]) => {
            form.setFieldsValue({ longitude, latitude });
            void form.validateFields(['longitude', 'latitude']);
          }}
        />
      </Form.Item>
    </div>
  );
}
