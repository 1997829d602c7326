import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { instantOf, plusDays } from '../lib/site-day.js';

/** Days of the site's clock, `2026-11-22`, both of them included; empty where nothing is asked. */
export interface Days {
  from: string;
  to: string;
}

export function DaySpan({ value, onChange }: { value: Days; onChange: (days: Days) => void }) {
  const { t } = useTranslation('app');
  return (['from', 'to'] as const).map((end) => (
    <label key={end} className="day-span">
      <span className="muted">{t(`days.${end}`)}</span>
      <Input
        type="date"
        style={{ width: 150 }}
        value={value[end]}
        onChange={(event) => onChange({ ...value, [end]: event.target.value })}
      />
    </label>
  ));
}

/** The moments between which such days lie, for a query. */
export function momentsOf({ from, to }: Days, timeZone: string): { from?: string; to?: string } {
  const begin = (day: string) => new Date(instantOf(day, '00:00', timeZone)).toISOString();
  return { ...(from && { from: begin(from) }), ...(to && { to: begin(plusDays(to, 1)) }) };
}
