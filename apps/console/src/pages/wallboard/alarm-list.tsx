import type { Alarm } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { countsOf, isSeen } from './fold.js';
import { useFitting } from './use-fitting.js';

/** No wall shows more; what is not shown is counted. */
const mostRows = 40;

interface Props {
  alarms: readonly Alarm[];
  known: boolean;
  /** Danger to life stands above: nothing here is a reason to be calm. */
  quiet: boolean;
  isCut: boolean;
}

/** What is open and no danger to life, as many as fit; the others by number. */
export function WallAlarmList({ alarms, known, quiet, isCut }: Props) {
  const { t } = useTranslation(['wall', 'words']);
  const text = useText();
  const place = usePlace();
  const rows = alarms.slice(0, mostRows);
  const { ref, fits } = useFitting(rows.length);
  const left = countsOf(alarms.slice(fits));
  const count = left.reduce((sum, [, number]) => sum + number, 0);
  return (
    <section className="wall-panel wall-alarms">
      <h2>{t('alarms')}</h2>
      {known && alarms.length === 0 && !quiet && <p className="wall-calm">{t('noAlarms')}</p>}
      <ul ref={ref} className="wall-rows">
        {rows.map((alarm, index) => (
          <li key={alarm.id} className="wall-row" data-seen={isSeen(alarm)} data-fits={index < fits}>
            <SeverityBadge severity={alarm.severity} />
            <span className="wall-what">
              <strong>{text(alarm.title)}</strong>
              <span>{place(alarm.areaId, alarm.areaName)}</span>
            </span>
            <span className="wall-when">
              <Age since={alarm.raisedAt} />
              <span>{t(isSeen(alarm) ? 'seen' : alarm.conditionActive ? 'unseen' : 'over')}</span>
            </span>
          </li>
        ))}
      </ul>
      {count > 0 && (
        <p className="wall-more">
          {t('more', {
            count: isCut ? t('atLeast', { count }) : count,
            what: left.map(([severity, number]) => `${t(`words:severity.${severity}`)} ${number}`).join(' · '),
          })}
        </p>
      )}
    </section>
  );
}
