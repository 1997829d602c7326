import { ClockCircleOutlined, CoffeeOutlined, ScheduleOutlined, SwapOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import type { Entry, EntryKind } from './entries.js';

const icons: Record<EntryKind, ReactNode> = {
  shift: <ClockCircleOutlined />,
  'stand-in': <SwapOutlined />,
  leave: <CoffeeOutlined />,
  round: <ScheduleOutlined />,
};

const dayMs = 24 * 3_600_000;

/** One entry as a line; `full` also says where, and who does a round. */
export function EntryLine({ entry, full = false }: { entry: Entry; full?: boolean }) {
  const { t } = useTranslation(['duty', 'directory', 'rounds']);
  const { format } = useSiteTime();
  const text = useText();
  const place = usePlace();
  const { kind, startsAt, endsAt, title, name, areaId, state, leaveKind } = entry;
  const isLong = endsAt - startsAt > dayMs;
  const times = isLong
    ? `${format(startsAt, 'day')}–${format(endsAt - 1, 'day')}`
    : full
      ? `${format(startsAt, 'minute')}–${format(endsAt, 'minute')}`
      : format(startsAt, 'minute');
  const who = name && (typeof name === 'string' ? name : text(name));
  const what = title ? text(title) : who;
  const missed = state === 'missed';
  const more = [
    title && who,
    kind === 'leave' && leaveKind && t(`directory:leave.kinds.${leaveKind}`),
    areaId && place(areaId),
    kind === 'round' && (state ? t(`rounds:state.${state}`) : t('toCome')),
  ].filter(Boolean);
  return (
    <Link
      to={entry.to}
      className={['duty-entry', `duty-${kind}`, missed && 'duty-missed', !state && title && 'duty-to-come']
        .filter(Boolean)
        .join(' ')}
      title={full ? undefined : [t(`kind.${kind}`), times, what, ...more].join(' · ')}
    >
      <span className="duty-icon" role="img" aria-label={t(`kind.${kind}`)}>
        {icons[kind]}
      </span>
      <span className="duty-times">{times}</span> <span className="duty-what">{what}</span>
      {full && more.length > 0 && <span className="duty-more">{more.join(' · ')}</span>}
    </Link>
  );
}
