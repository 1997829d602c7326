import type { AlarmState, Device, HandoverItem, WorkOrderState } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SeverityBadge } from '../../components/severity-badge.js';
import { AlarmStateTag, StateTag, WorkOrderStateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';

const pages: Partial<Record<HandoverItem['kind'], string>> = {
  alarm: '/alarms',
  silenced: '/alarms',
  'work-order': '/work-orders',
  incident: '/incidents',
  device: '/devices',
};
const lightTones = { none: 'quiet', normal: 'good', warning: 'warm', overdue: 'hot' } as const;

/** One thing that stands, or stood: with a link to it as it is now. */
export function ItemLine({ item }: { item: HandoverItem }) {
  const { t } = useTranslation(['handovers', 'calendars']);
  const text = useText();
  const { format } = useSiteTime();
  const { kind, id, severity, light, since, until } = item;
  const page = pages[kind];
  const name = [item.number, text(item.title)].filter(Boolean).join(' · ');
  const [title, place] = [text(item.title), text(item.areaName)];
  const facts = [
    place !== title && place,
    item.device !== title && item.device,
    since && t('since', { time: format(since) }),
    until && t(kind === 'work-order' ? 'due' : 'until', { time: format(until) }),
    item.who && t('by', { name: item.who }),
    item.reason,
  ].filter(Boolean);
  return (
    <div className="handover-item">
      <span className="handover-tags">
        {severity && <SeverityBadge severity={severity} />}
        <ItemState item={item} />
        {light && light !== 'none' && <StateTag tone={lightTones[light]}>{t(`calendars:light.${light}`)}</StateTag>}
      </span>
      <span className="handover-what">
        <strong>{page ? <Link to={`${page}/${id}`}>{name}</Link> : name}</strong>
        <span className="muted">{facts.join(' · ')}</span>
      </span>
    </div>
  );
}

function ItemState({ item: { kind, state } }: { item: HandoverItem }) {
  const { t } = useTranslation(['handovers', 'words']);
  if (!state) return null;
  // Each kind has the states of what it is; they were written down by the platform itself.
  if (kind === 'alarm' || kind === 'silenced') return <AlarmStateTag state={state as AlarmState} />;
  if (kind === 'work-order') return <WorkOrderStateTag state={state as WorkOrderState} />;
  if (kind === 'maintenance')
    return (
      <StateTag tone={state === 'running' ? 'warm' : 'quiet'}>
        {t(state === 'running' ? 'running' : 'planned')}
      </StateTag>
    );
  if (kind === 'device')
    return <StateTag tone="warm">{t(`words:connection.${state as Device['connection']}`)}</StateTag>;
  return null;
}
