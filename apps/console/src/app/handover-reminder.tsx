import { handoverReminderMinutes } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { handoverNowQuery } from '../api/handovers.js';
import { Notice } from '../components/notice.js';
import { useNow, useSiteTime } from '../lib/site-time.js';
import { useMay } from './session.js';

/** On every page of the desk: a hand-over that waits for this person, and their own when the shift ends within half an hour. */
export function HandoverReminder() {
  const { t } = useTranslation('handovers');
  // There it stands by itself.
  const there = useLocation().pathname.startsWith('/handovers');
  const may = useMay('admin', 'operator', 'manager');
  const told = useQuery({ ...handoverNowQuery, enabled: may }).data;
  const now = useNow();
  const { format } = useSiteTime();
  if (!told || there) return null;
  const { shift, own, waiting } = told;
  const look = t('reminder.open');
  const [first] = waiting;
  if (first)
    return (
      <Notice
        text={t('reminder.waiting', { name: first.giver?.name ?? '' })}
        to={`/handovers/${first.id}`}
        label={look}
      />
    );
  if (own?.state === 'returned')
    return (
      <Notice
        text={t('reminder.returned', { name: own.receiver?.name ?? '' })}
        to={`/handovers/${own.id}`}
        label={look}
      />
    );
  if (!shift || (own && own.state !== 'draft')) return null;
  const left = Date.parse(shift.endsAt) - now;
  if (left > handoverReminderMinutes * 60_000) return null;
  const text = t(left > 0 ? 'reminder.ending' : 'reminder.ended', { time: format(shift.endsAt, 'minute') });
  return <Notice text={text} to={own ? `/handovers/${own.id}` : '/handovers'} label={look} />;
}
