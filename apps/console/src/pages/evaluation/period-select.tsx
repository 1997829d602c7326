import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Days, fixedPeriods, type PeriodChoice } from './periods.js';

interface Props {
  value: PeriodChoice;
  onChange: (choice: PeriodChoice) => void;
  days: Days;
  onCustom: (days: Days) => void;
}

/** Periods up to now, or two days of the site's clock. */
export function PeriodSelect({ value, onChange, days, onCustom }: Props) {
  const { t } = useTranslation('evaluation');
  const change = (end: 'from' | 'to', day: string) => {
    const next = { ...days, [end]: day };
    if (day && next.from < next.to) onCustom(next);
  };
  return (
    <>
      <Select
        aria-label={t('period')}
        style={{ width: 140 }}
        value={value}
        onChange={(choice) => {
          if (choice === 'custom') onCustom(days);
          onChange(choice);
        }}
        options={[...fixedPeriods, 'custom' as const].map((name) => ({ value: name, label: t(`periods.${name}`) }))}
      />
      {value === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <Input
            key={end}
            type="date"
            aria-label={t(end)}
            title={t(end)}
            style={{ width: 150 }}
            value={days[end]}
            onChange={(event) => change(end, event.target.value)}
          />
        ))}
    </>
  );
}
