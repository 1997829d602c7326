import { limitUnits, type StepLimit } from '@sc/contracts';
import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  id?: string;
  value?: StepLimit | null;
  onChange?: (limit: StepLimit | null) => void;
  label: string;
}

/** An amount and its unit; nothing in it: no limit. */
export function LimitField({ id, value, onChange, label }: Props) {
  const { t } = useTranslation('catalogue');
  const [unit, setUnit] = useState<StepLimit['unit']>(value?.unit ?? 'working-minutes');
  const change = (amount: number | null, next: StepLimit['unit']) => {
    setUnit(next);
    onChange?.(amount === null ? null : { amount, unit: next });
  };
  return (
    <Space.Compact block>
      <InputNumber
        id={id}
        min={1}
        max={100_000}
        precision={0}
        style={{ width: '45%' }}
        value={value?.amount ?? null}
        placeholder={t('noLimit')}
        onChange={(amount) => change(amount, unit)}
      />
      <Select
        aria-label={`${label} · ${t('unit')}`}
        style={{ width: '55%' }}
        value={unit}
        onChange={(next) => change(value?.amount ?? null, next)}
        options={limitUnits.map((one) => ({ value: one, label: t(`unitName.${one}`) }))}
      />
    </Space.Compact>
  );
}
