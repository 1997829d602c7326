import type { Device } from '@sc/contracts';
import { Badge } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Age } from '../../components/age.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';

/** The list on a phone: what the table says, without pushing it aside. */
export function DeviceCards({ devices, empty }: { devices: readonly Device[]; empty: ReactNode }) {
  const { t } = useTranslation('desk');
  const place = usePlace();
  if (devices.length === 0) return empty;
  return (
    <ul className="device-cards">
      {devices.map((device) => (
        <li key={device.id}>
          <Link data-row to={`/devices/${device.id}`} className="device-card">
            <span className="device-card-line">
              <strong>{device.name}</strong>
              {device.activeAlarms > 0 && (
                <span>
                  <span className="visually-hidden">{t('devices.activeAlarms')}: </span>
                  <Badge count={device.activeAlarms} color="var(--sc-extreme)" />
                </span>
              )}
            </span>
            <span className="alarm-sub">{device.id}</span>
            <span>{[place(device.areaId), device.placement].filter(Boolean).join(' · ')}</span>
            <span className="device-card-line">
              <ConnectionMark device={device} />
              <span className="muted">
                {t('devices.lastSeen')} {device.lastSeenAt ? <Age since={device.lastSeenAt} /> : '–'}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
