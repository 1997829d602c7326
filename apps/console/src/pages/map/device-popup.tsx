import type { Alarm, Device } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Age } from '../../components/age.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

export function DevicePopup({ device, alarms }: { device: Device; alarms: Alarm[] }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const place = usePlace();
  return (
    <div className="map-popup">
      <strong>{device.name}</strong>
      <span className="muted">{[place(device.areaId), device.placement].filter(Boolean).join(' · ')}</span>
      <span className="row-wrap">
        <ConnectionMark device={device} />
        {device.lastSeenAt && <Age since={device.lastSeenAt} />}
      </span>
      {alarms.map((alarm) => (
        <span key={alarm.id} className="row-wrap">
          <SeverityBadge severity={alarm.severity} />
          <Link to={`/alarms/${alarm.id}`}>{text(alarm.title)}</Link>
        </span>
      ))}
      <Link to={`/devices/${device.id}`}>{t('map.openDevice')}</Link>
    </div>
  );
}
