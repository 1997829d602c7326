import type { AlarmGroup } from '@sc/contracts';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { groupAlarmsQuery } from '../../../api/queries.js';
import { AlarmMiniList } from '../../../components/alarm-mini-list.js';
import { QueryState } from '../../../components/query-state.js';
import { SeverityBadge } from '../../../components/severity-badge.js';
import { useSiteTime } from '../../../lib/site-time.js';
import { useText } from '../../../lib/use-words.js';

/** Groups of alarms, gravest first; one click shows what is in one. */
export function Groups({ groups }: { groups: readonly AlarmGroup[] }) {
  return (
    <ul className="fold-groups panel">
      {groups.map((group) => (
        <Group key={group.key} group={group} />
      ))}
    </ul>
  );
}

function Group({ group }: { group: AlarmGroup }) {
  const { t } = useTranslation('load');
  const { t: desk } = useTranslation('desk');
  const text = useText();
  const { format } = useSiteTime();
  const [open, setOpen] = useState(false);
  const { worst } = group;
  const title = group.incidentId === 'none' ? t('folded.noIncident', { place: text(group.title) }) : text(group.title);
  return (
    <li className="fold-group">
      <div className="fold-head">
        <SeverityBadge severity={group.severity} />
        <span className="grow">
          <strong>{title}</strong>
          <div className="muted">
            {t('folded.worst')}: {text(worst.title)} · {worst.deviceName}
          </div>
        </span>
        <span>
          <strong>{t('folded.count', { count: group.count })}</strong>
          {group.unacknowledged > 0 && ` · ${desk('alarms.unacknowledged', { count: group.unacknowledged })}`}
          <div className="muted">
            {t('folded.span', { first: format(group.firstAt, 'time'), last: format(group.lastAt, 'time') })}
          </div>
        </span>
        {group.incidentId && group.incidentId !== 'none' && (
          <Link to={`/incidents/${group.incidentId}`}>{t('folded.incident')}</Link>
        )}
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'folded.close' : 'folded.open')}
        </Button>
      </div>
      {open && <Members group={group} />}
    </li>
  );
}

function Members({ group }: { group: AlarmGroup }) {
  const { t } = useTranslation('load');
  const query = useQuery(groupAlarmsQuery(group));
  return (
    <div className="fold-alarms">
      <QueryState query={query}>
        {(page) => (
          <>
            <AlarmMiniList alarms={page.items} />
            {page.nextCursor && <p className="muted">{t('folded.capped', { count: page.items.length })}</p>}
          </>
        )}
      </QueryState>
    </div>
  );
}
