import { severities, type Severity } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../api/live.js';
import { usePerson } from '../../app/session.js';
import { SeverityIcon } from '../../components/severity-badge.js';
import { toServerTime, useNow, useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useDuration } from '../../lib/use-words.js';

interface Props {
  counts: Record<Severity, number>;
  /** There are more than were told. */
  isCut: boolean;
  broken: boolean;
}

/** Where, how many of each severity, whether it is live, and what time it is there. */
export function WallHead({ counts, isCut, broken }: Props) {
  const { t } = useTranslation(['wall', 'words']);
  const place = usePlace();
  const { areaId } = usePerson();
  // The last of them is where the list was cut.
  const last = severities.findLast((severity) => counts[severity] > 0);
  return (
    <header className="wall-head">
      <h1>{place(areaId)}</h1>
      <ul className="wall-counts" aria-label={t('alarms')}>
        {severities
          .filter((severity) => severity !== 'unknown' || counts.unknown > 0)
          .map((severity) => (
            <li key={severity} className={`wall-count severity-${severity}`} data-none={counts[severity] === 0}>
              <SeverityIcon severity={severity} size={28} />
              <span>{t(`words:severity.${severity}`)}</span>
              <strong>
                {isCut && severity === last ? t('atLeast', { count: counts[severity] }) : counts[severity]}
              </strong>
            </li>
          ))}
      </ul>
      {!broken && <Stream />}
      <Clock />
    </header>
  );
}

function Stream() {
  const { t } = useTranslation('wall');
  const { connection, lastHeardAt } = useLiveState();
  const now = useNow();
  const duration = useDuration();
  return (
    <span className="wall-stream" data-live={connection === 'live'}>
      <strong>{t(connection === 'live' ? 'stream.live' : 'stream.connecting')}</strong>
      {lastHeardAt !== null && <span>{t('stream.heard', { time: duration(now - toServerTime(lastHeardAt)) })}</span>}
    </span>
  );
}

function Clock() {
  const { i18n } = useTranslation();
  const now = useNow();
  const { format, timeZone } = useSiteTime();
  const day = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : i18n.language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  }).format(now);
  return (
    <time className="wall-clock" dateTime={new Date(now).toISOString()} title={timeZone}>
      <strong>{format(now, 'time')}</strong>
      <span>{day}</span>
    </time>
  );
}
