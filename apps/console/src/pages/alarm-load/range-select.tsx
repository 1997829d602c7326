import { Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shiftsQuery } from '../../api/queries.js';
import { fromWall, wallMinute } from '../../lib/site-day.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { fixedRanges, keyOfShift, type Range, shiftTimes } from './range.js';

const weekMs = 7 * 86_400_000;

interface Props {
  value: string;
  onChange: (choice: string) => void;
  custom: Range | undefined;
  onCustom: (range: Range) => void;
  areaId: string;
}

/** Ranges up to now, the shifts of the last week, or two moments of the site's clock. */
export function RangeSelect({ value, onChange, custom, onCustom, areaId }: Props) {
  const { t } = useTranslation('load');
  const { format, timeZone } = useSiteTime();
  // The week does not move while the page is open.
  const now = useMemo(() => Math.floor(serverNow() / 3_600_000) * 3_600_000, []);
  const since = { from: new Date(now - weekMs).toISOString(), to: new Date(now + 3_600_000).toISOString(), areaId };
  const shifts = shiftTimes(useQuery(shiftsQuery(since)).data?.items ?? [], serverNow());
  const choose = (choice: string) => {
    if (choice === 'custom' && !custom) onCustom({ from: now - weekMs / 7, to: now });
    onChange(choice);
  };
  const moment = (name: 'from' | 'to') => (
    <Input
      type="datetime-local"
      aria-label={t(name)}
      style={{ width: 200 }}
      value={custom && wallMinute(custom[name], timeZone)}
      onChange={(event) => {
        const at = fromWall(event.target.value, timeZone);
        if (custom && Number.isFinite(at)) onCustom({ ...custom, [name]: at });
      }}
    />
  );
  return (
    <>
      <Select
        aria-label={t('range')}
        style={{ width: 230 }}
        value={value}
        onChange={choose}
        options={[
          ...[...fixedRanges, 'custom' as const].map((name) => ({ value: name, label: t(`ranges.${name}`) })),
          ...(shifts.length
            ? [
                {
                  label: t('shifts'),
                  options: shifts.map((shift) => ({
                    value: keyOfShift(shift),
                    label: `${format(shift.from, 'day')} ${format(shift.from, 'minute')} – ${format(shift.to, 'minute')}`,
                  })),
                },
              ]
            : []),
        ]}
      />
      {value === 'custom' && (
        <>
          {moment('from')}
          {moment('to')}
        </>
      )}
    </>
  );
}
