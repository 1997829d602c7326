import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDomains } from '../api/queries.js';
import { SiteTime } from './age.js';
import { useCauseText } from './cause.js';
import { groupMembersOf } from './group-members-of.js';
import { Panel } from './page.js';

/** Of an alarm that several signs make together: which of them counted, on which device, since when. Nothing for others. */
export function GroupMembers({ cause }: { cause: Record<string, unknown> }) {
  const { t } = useTranslation('desk');
  const text = useCauseText();
  const domains = useDomains();
  const { members, more } = groupMembersOf(cause);
  if (members.length === 0) return null;
  const domainOf = (part: Record<string, unknown>): string =>
    domains.find(({ metrics, events }) => String(part['metric']) in metrics || String(part['type']) in events)?.name ??
    '';
  return (
    <Panel title={t('alarms.members')}>
      <div className="stack-tight" role="list">
        {members.map(({ member, deviceId, at, cause: own }) => (
          <div key={`${deviceId} ${member}`} className="row-wrap" role="listitem">
            <SiteTime at={new Date(at).toISOString()} style="time" />
            <Link to={`/devices/${deviceId}`}>{deviceId}</Link>
            <strong>{text(domainOf(own), own) || member}</strong>
          </div>
        ))}
        {more > 0 && <span className="muted">{t('alarms.moreMembers', { count: more })}</span>}
      </div>
    </Panel>
  );
}
