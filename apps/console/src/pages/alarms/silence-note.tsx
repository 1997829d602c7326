import type { Alarm } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';

/** Why an alarm calls nobody, until when, by whom. */
export function SilenceNote({ alarm, links = false }: { alarm: Alarm; links?: boolean }) {
  const { t } = useTranslation('silences');
  const end = useSilenceEnd();
  const { silence } = alarm;
  if (!silence) return null;
  return (
    <div className="silence-note">
      <strong>{t(`kind.${silence.kind}`)}</strong> <span>{end(silence)}</span>
      {silence.by && <span className="muted"> · {t('by', { name: silence.by })}</span>}
      {silence.reason && <div className="silence-reason">{silence.reason}</div>}
      {links && silence.windowId && <Link to="/maintenance">{t('openWindow')}</Link>}
      {links && silence.alarmId && <Link to={`/alarms/${silence.alarmId}`}>{t('openGraver')}</Link>}
    </div>
  );
}

function useSilenceEnd(): (silence: NonNullable<Alarm['silence']>) => string {
  const { t } = useTranslation('silences');
  const { format } = useSiteTime();
  const duration = useDuration();
  const now = useNow();
  return ({ kind, until }) => {
    if (until) return t('until', { time: format(until), left: duration(Math.max(0, Date.parse(until) - now)) });
    return t(kind === 'graver-alarm' ? 'untilGraver' : 'untilEnded');
  };
}
