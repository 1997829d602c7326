import type { DeviceDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { deviceAlarmsQuery } from '../api/look-ups.js';
import { SeverityBadge } from '../components/severity-badge.js';
import { useSiteTime } from '../lib/site-time.js';
import { useProblemText, useText } from '../lib/use-words.js';
import { fieldDeviceQuery } from './looked-up.js';
import { CopyNote, FieldState } from './parts.js';
import { useFieldPlace } from './use-field-place.js';

/** What the label of a device leads to on the phone: what it is, how it is, and the orders about it. */
export function FieldDevicePage() {
  const { t } = useTranslation('field');
  const { community = '', device = '' } = useParams();
  const query = useQuery(fieldDeviceQuery(`${community}/${device}`));
  return (
    <>
      <Link to="/field/scan" className="field-back">
        ‹ {t('scan')}
      </Link>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            <Device device={value} />
          </>
        )}
      </FieldState>
    </>
  );
}

function Device({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation(['field', 'words', 'cases', 'app']);
  const text = useText();
  const place = useFieldPlace();
  const { format } = useSiteTime();
  const alarms = useQuery({ ...deviceAlarmsQuery(device.id), retry: false });
  const problemText = useProblemText();
  const shown = alarms.data?.items.filter(({ state, workOrderId }) => state !== 'normal' || workOrderId).slice(0, 10);
  return (
    <article className="field-order">
      <header>
        <div className="field-card-row">
          <span className={`conn conn-${device.connection}`}>{t(`words:connection.${device.connection}`)}</span>
          {device.lastSeenAt && <span className="muted">{t('lastHeard', { time: format(device.lastSeenAt) })}</span>}
        </div>
        <h1>{device.name}</h1>
        <p className="field-place">{[place(device.areaId), device.placement].filter(Boolean).join(' · ')}</p>
        <p className="muted">{device.id}</p>
      </header>
      <section>
        <h2>{t('alarms')}</h2>
        {!shown ? (
          // Not known is not none.
          <p className="muted" role="status">
            {alarms.error ? problemText(alarms.error).line : t('app:loading')}
          </p>
        ) : shown.length === 0 ? (
          <p className="muted">{t('noAlarms')}</p>
        ) : (
          <ul className="field-list">
            {shown.map((alarm) => (
              <li key={alarm.id}>
                <SeverityBadge severity={alarm.severity} /> <strong>{text(alarm.title)}</strong>
                <div className="muted">
                  {t(`words:alarmState.${alarm.state}`)} · {format(alarm.raisedAt)}
                </div>
                {alarm.workOrderId && (
                  <Link className="field-link" to={`/field/orders/${alarm.workOrderId}`}>
                    {t('openOrder')}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <div className="field-actions">
        <Link className="field-button" to={`/field/report?area=${encodeURIComponent(device.areaId)}`}>
          {t('cases:report')}
        </Link>
      </div>
    </article>
  );
}
