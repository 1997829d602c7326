import { type AreaCalendar, hoursText, minuteOfDay, type WorkingSpan } from '@sc/contracts';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { SiteTime } from '../../components/age.js';
import { Facts } from '../../components/page.js';
import { StateTag } from '../../components/tags.js';
import { dayOf } from '../../lib/site-day.js';
import { useNow } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';

/** The calendar that holds at a place, and whose it is. */
export function CalendarView({ calendar }: { calendar: AreaCalendar }) {
  const { t } = useTranslation('calendars');
  const text = useText();
  const { ownerId, ownerName, areaId, updatedAt, updatedBy } = calendar;
  return (
    <div className="stack">
      {ownerId === null && <Alert type="info" showIcon title={t('nobodys')} />}
      {ownerName && ownerId !== areaId && (
        <Alert type="info" showIcon title={t('inherited', { name: text(ownerName) })} />
      )}
      <Facts
        items={[
          [t('name'), calendar.name],
          [t('zone'), calendar.timeZone],
          [
            t('changed'),
            updatedAt && (
              <>
                <SiteTime at={updatedAt} /> · {updatedBy}
              </>
            ),
          ],
        ]}
      />
      <h3>{t('week')}</h3>
      <table className="calendar-week">
        <tbody>
          {calendar.week.map((hours, n) => (
            <tr key={n}>
              <th scope="row">{t(`weekday.${(n + 1) as 1}`)}</th>
              <td>
                <Hours hours={hours} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('days')}</h3>
      <Days calendar={calendar} />
    </div>
  );
}

function Hours({ hours }: { hours: readonly WorkingSpan[] }) {
  const { t } = useTranslation('calendars');
  if (!hours.length) return <span className="muted">{t('off')}</span>;
  const last = hours.at(-1)!;
  const overnight = minuteOfDay(last.to) <= minuteOfDay(last.from);
  return (
    <>
      {hoursText(hours).replaceAll('-', '–').replaceAll(' ', ' · ')}{' '}
      {overnight && <span className="muted">{t('nextDay')}</span>}
    </>
  );
}

/** What comes first; what is over can be opened. */
function Days({ calendar: { exceptions, timeZone } }: { calendar: AreaCalendar }) {
  const { t } = useTranslation('calendars');
  const today = dayOf(useNow(), timeZone);
  if (!exceptions.length) return <span className="muted">{t('noDays')}</span>;
  const past = exceptions.filter(({ date }) => date < today);
  const ahead = exceptions.filter(({ date }) => date >= today);
  return (
    <>
      {ahead.length ? <DayTable days={ahead} /> : <span className="muted">{t('noneAhead')}</span>}
      {past.length > 0 && (
        <details>
          <summary className="muted">{t('past', { count: past.length })}</summary>
          <DayTable days={past} />
        </details>
      )}
    </>
  );
}

function DayTable({ days }: { days: AreaCalendar['exceptions'] }) {
  const { t } = useTranslation('calendars');
  return (
    <table className="calendar-week calendar-days">
      <tbody>
        {days.map(({ date, name, hours }) => (
          <tr key={date}>
            <th scope="row">
              {date} <span className="muted">{t(`weekday.${weekdayOf(date) as 1}`)}</span>
            </th>
            <td>{name}</td>
            <td>
              <StateTag tone={hours.length ? 'busy' : 'quiet'}>{t(hours.length ? 'worked' : 'holiday')}</StateTag>{' '}
              {hours.length > 0 && <Hours hours={hours} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** ISO weekday of a calendar date, whatever the zone. */
const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;
