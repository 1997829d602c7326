import type { Alarm } from '@sc/contracts';
import { Link } from 'react-router';
import { usePlace } from '../lib/use-place.js';
import { useText } from '../lib/use-words.js';
import { Age } from './age.js';
import { useCauseText } from './cause.js';
import { SeverityBadge } from './severity-badge.js';
import { AlarmStateTag } from './tags.js';

export function AlarmMiniList({ alarms, showDevice = true }: { alarms: Alarm[]; showDevice?: boolean }) {
  const text = useText();
  const cause = useCauseText();
  const place = usePlace();
  return (
    <ul className="mini-list">
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <SeverityBadge severity={alarm.severity} />
          <span className="grow">
            <Link to={`/alarms/${alarm.id}`}>{text(alarm.title)}</Link>
            <div className="muted">
              {showDevice && (
                <>
                  <Link to={`/devices/${alarm.deviceId}`}>{alarm.deviceName}</Link> ·{' '}
                  {place(alarm.areaId, alarm.areaName)} ·{' '}
                </>
              )}
              {cause(alarm.domain, alarm.cause)}
            </div>
          </span>
          <AlarmStateTag state={alarm.state} />
          <Age since={alarm.raisedAt} />
        </li>
      ))}
    </ul>
  );
}
