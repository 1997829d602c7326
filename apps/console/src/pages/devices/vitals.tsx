import type { DeviceDetail } from '@sc/contracts';
import { lowBatteryPercent, weakSignalPercent } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.js';
import { Facts } from '../../components/page.js';
import { ConnectionMark } from '../../components/tags.js';

/** How the device is itself, by its own words; what it never said is said to be so. */
export function Vitals({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('device');
  const { battery, signal, clockBehindSeconds } = device.vitals;
  const unknown = <span className="muted">{t('notReported')}</span>;
  return (
    <Facts
      items={[
        [t('connection'), <ConnectionMark device={device} />],
        [
          t('lastSeen'),
          device.lastSeenAt ? <Age since={device.lastSeenAt} /> : <span className="muted">{t('never')}</span>,
        ],
        [
          t('battery'),
          battery ? (
            <Told
              is={`${Math.round(battery.percent)} %`}
              bad={battery.percent < lowBatteryPercent && t('low')}
              at={battery.at}
            />
          ) : (
            unknown
          ),
        ],
        [
          t('signal'),
          signal ? (
            <Told is={signalText(signal)} bad={signal.percent < weakSignalPercent && t('weak')} at={signal.at} />
          ) : (
            unknown
          ),
        ],
        [
          t('clock'),
          device.lastSeenAt ? (
            clockBehindSeconds === null ? (
              t('clockRight')
            ) : (
              <strong className="counts-hot">{t('clockWrong')}</strong>
            )
          ) : (
            unknown
          ),
        ],
      ]}
    />
  );
}

/** In the unit in which the device said it, and as a percentage where that is another. */
export function signalText({ metric, value, percent }: NonNullable<DeviceDetail['vitals']['signal']>): string {
  if (metric === 'rssi') return `${value} dBm (${percent} %)`;
  return metric === 'linkquality' ? `LQI ${value} (${percent} %)` : `${percent} %`;
}

function Told({ is, bad, at }: { is: string; bad: string | false; at: string }) {
  return (
    <>
      <strong className={bad ? 'counts-hot' : undefined}>
        {is}
        {bad && ` · ${bad}`}
      </strong>{' '}
      <span className="muted">
        <Age since={at} />
      </span>
    </>
  );
}
