import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Entry, entriesOn, rareFirst } from './entries.js';
import { EntryLine } from './entry-line.js';
import { useDayNames } from './use-day-names.js';

/** As many lines as a cell holds without the month growing out of the screen. */
const mostLines = 4;

interface Props {
  days: readonly string[];
  month: string;
  today: string;
  entries: readonly Entry[];
  timeZone: string;
  onDay: (day: string) => void;
}

export function MonthGrid({ days, month, today, entries, timeZone, onDay }: Props) {
  const { t } = useTranslation('duty');
  const names = useDayNames();
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7));
  return (
    <div className="panel">
      <table className="duty-month">
        <thead>
          <tr>
            {weeks[0]!.map((day) => (
              <th key={day} scope="col">
                {names.weekday(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const own = rareFirst(entriesOn(day, entries, timeZone));
                const rest = own.length - mostLines;
                return (
                  <td
                    key={day}
                    className={[day === today && 'duty-today', !day.startsWith(month) && 'duty-other']
                      .filter(Boolean)
                      .join(' ')}
                  >
                    <Button type="text" size="small" aria-label={names.full(day)} onClick={() => onDay(day)}>
                      {Number(day.slice(8))}
                    </Button>
                    {own.slice(0, mostLines).map((entry) => (
                      <EntryLine key={entry.key} entry={entry} />
                    ))}
                    {rest > 0 && (
                      <Button type="text" size="small" onClick={() => onDay(day)}>
                        {t('more', { count: rest })}
                      </Button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
