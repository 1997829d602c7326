import { type DeviceDetail, fleetLimits, sleepingLabel } from '@sc/contracts';
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deviceOutOfServiceQuery, maintenanceWindowsQuery } from '../../api/queries.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';

type Note = [key: string, type: 'info' | 'warning', title: string, description?: ReactNode];

/** What somebody must know before they believe anything else on the page; nothing when all is well. */
export function DeviceNotes({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('device');
  const { format } = useSiteTime();
  const duration = useDuration();
  const now = useNow();
  const outs = useQuery(deviceOutOfServiceQuery(device.id)).data?.items ?? [];
  const windows = useQuery(maintenanceWindowsQuery('open', device.id)).data?.items ?? [];
  const { vitals, bridge } = device;
  const quietMs = device.lastSeenAt ? now - Date.parse(device.lastSeenAt) : 0;
  const notes: Note[] = [];
  if (device.state === 'retired')
    notes.push([
      'retired',
      'info',
      t('note.retired'),
      device.replacedBy && (
        <>
          {t('note.replacedBy')} <Link to={`/devices/${device.replacedBy}`}>{device.replacedBy}</Link>
        </>
      ),
    ]);
  else {
    const out = outs.find(({ ruleId }) => ruleId === null);
    if (out)
      notes.push([
        'out',
        'warning',
        t('note.out'),
        t('note.outText', { time: format(out.takenAt), name: out.takenBy, reason: out.reason }),
      ]);
    const running = windows.find(({ state }) => state === 'running');
    if (running) notes.push(['window', 'info', t('note.window', { time: format(running.endsAt) }), running.reason]);
    if (!device.lastSeenAt)
      notes.push(['never', 'info', t('note.never'), t(bridge ? 'note.neverBridged' : 'note.neverText')]);
    else if (isSilent(device, quietMs))
      notes.push(['silent', 'warning', t('note.silent', { time: duration(quietMs) }), t('note.silentText')]);
    if (bridge?.connection === 'offline') notes.push(['bridge', 'warning', t('note.bridge', { name: bridge.name })]);
    if (vitals.clockBehindSeconds !== null)
      notes.push([
        'clock',
        'warning',
        t('note.clock', { time: duration(vitals.clockBehindSeconds * 1000) }),
        t('note.clockText'),
      ]);
  }
  if (notes.length === 0) return null;
  return (
    <div className="stack-tight">
      {notes.map(([key, type, title, description]) => (
        <Alert key={key} type={type} showIcon title={title} description={description} />
      ))}
    </div>
  );
}

/** As the page of the fleet says it. */
const isSilent = ({ connection, labels }: DeviceDetail, quietMs: number): boolean =>
  quietMs > fleetLimits.quietMs ||
  (connection === 'offline' && quietMs > fleetLimits.offlineMs && !labels.includes(sleepingLabel));
