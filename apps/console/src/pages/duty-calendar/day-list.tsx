import { useTranslation } from 'react-i18next';
import { type Entry, entriesOn } from './entries.js';
import { EntryLine } from './entry-line.js';
import { useDayNames } from './use-day-names.js';

interface Props {
  days: readonly string[];
  today: string;
  entries: readonly Entry[];
  timeZone: string;
  /** Side by side on the desk, below each other on a phone. */
  beside: boolean;
}

/** Each day with all of its entries: the week on the desk, and every view on a phone. */
export function DayList({ days, today, entries, timeZone, beside }: Props) {
  const { t } = useTranslation('duty');
  const names = useDayNames();
  return (
    <div className={beside ? 'duty-week' : 'duty-list'}>
      {days.map((day) => {
        const own = entriesOn(day, entries, timeZone);
        return (
          <section
            key={day}
            className={day === today ? 'duty-day duty-today' : 'duty-day'}
            aria-label={names.full(day)}
          >
            <h2 aria-current={day === today ? 'date' : undefined}>{names.short(day)}</h2>
            {own.length === 0 && <span className="muted">{t('nothing')}</span>}
            {own.map((entry) => (
              <EntryLine key={entry.key} entry={entry} full />
            ))}
          </section>
        );
      })}
    </div>
  );
}
