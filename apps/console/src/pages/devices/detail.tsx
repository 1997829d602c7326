import type { DeviceDetail } from '@sc/contracts';
import { QrcodeOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { deadLettersQuery, deviceAlarmsQuery, deviceQuery, useDomains } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Age, SiteTime } from '../../components/age.js';
import { AlarmMiniList } from '../../components/alarm-mini-list.js';
import { useValueText } from '../../components/cause.js';
import { LoadMore } from '../../components/load-more.js';
import { CameraPictures } from '../../components/camera-pictures.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { DeadLetterTable } from '../dead-letters.js';
import { DeviceChart } from './chart.js';
import { labelsPath } from './labels-path.js';
import { ManageDevice } from './manage.js';

export function DevicePage() {
  const { t } = useTranslation(['desk', 'site']);
  const { community = '', device = '' } = useParams();
  const query = useQuery(deviceQuery(`${community}/${device}`));
  const mayManage = useMay('admin');
  return (
    <Page
      title={query.data?.name ?? `${community}/${device}`}
      back={{ to: '/devices', label: t('devices.back') }}
      extra={
        query.data && (
          <>
            <ConnectionMark device={query.data} />
            <Link to={labelsPath([query.data.id])}>
              <Button icon={<QrcodeOutlined />}>{t('site:labels.one')}</Button>
            </Link>
            {mayManage && query.data.state === 'registered' && <ManageDevice device={query.data} />}
          </>
        )
      }
    >
      <QueryState query={query}>{(data) => <Detail device={data} />}</QueryState>
    </Page>
  );
}

function Detail({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const place = usePlace();
  const domain = useDomains().find((d) => d.name === device.domain);
  // Cameras speak in events: what they saw stands where others show their readings.
  const noReadings = device.domain === 'camera' && device.lastReadings.length === 0;
  const maySeeDeadLetters = useMay('admin', 'operator');
  return (
    <div className="stack">
      <div className="columns">
        {noReadings ? <Pictures device={device} /> : <DeviceChart device={device} />}
        <div className="stack">
          <Panel>
            <Facts
              items={[
                [t('devices.id'), <code>{device.id}</code>],
                [t('devices.domain'), domain ? text(domain.title) : device.domain],
                [t('devices.area'), <Link to={`/areas/${device.areaId}`}>{place(device.areaId)}</Link>],
                [t('devices.placement'), device.placement],
                [t('devices.ruleLabels'), device.labels.length > 0 && device.labels.join(' · ')],
                [t('devices.lastSeen'), device.lastSeenAt ? <Age since={device.lastSeenAt} /> : '–'],
                [t('devices.position'), device.position?.map((n) => n.toFixed(5)).join(', ')],
                [
                  t('devices.replacedBy'),
                  device.replacedBy && <Link to={`/devices/${device.replacedBy}`}>{device.replacedBy}</Link>,
                ],
              ]}
            />
          </Panel>
          {!noReadings && (
            <Panel title={t('devices.lastReadings')}>
              <LastReadings device={device} />
            </Panel>
          )}
        </div>
      </div>
      {device.domain === 'camera' && !noReadings && <Pictures device={device} />}
      <Panel title={t('devices.alarms')}>
        <DeviceAlarms deviceId={device.id} />
      </Panel>
      {maySeeDeadLetters && (
        <Panel title={t('devices.deadLetters')}>
          <DeviceDeadLetters deviceId={device.id} />
        </Panel>
      )}
    </div>
  );
}

function Pictures({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('cameras');
  return (
    <Panel title={t('pictures.title')}>
      <CameraPictures of="device" id={device.id} sayNone />
    </Panel>
  );
}

function LastReadings({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const valueText = useValueText();
  const metrics = useDomains().find((d) => d.name === device.domain)?.metrics;
  return (
    <Table
      size="small"
      rowKey="metric"
      pagination={false}
      dataSource={device.lastReadings}
      locale={{ emptyText: <span className="muted">{t('devices.noReadings')}</span> }}
      columns={[
        {
          title: t('devices.metric'),
          ellipsis: true,
          render: (_, r) => {
            const metric = metrics?.[r.metric];
            return metric ? text(metric.title) : r.metric;
          },
        },
        {
          title: t('devices.value'),
          align: 'right',
          render: (_, r) => <strong>{valueText(r.value, metrics?.[r.metric])}</strong>,
        },
        { title: t('devices.time'), align: 'right', width: 100, render: (_, r) => <SiteTime at={r.ts} style="time" /> },
      ]}
    />
  );
}

function DeviceAlarms({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation('desk');
  const query = useQuery(deviceAlarmsQuery(deviceId));
  return (
    <QueryState query={query}>
      {(data) =>
        data.items.length > 0 ? (
          <AlarmMiniList alarms={data.items} showDevice={false} />
        ) : (
          <span className="muted">{t('devices.noAlarms')}</span>
        )
      }
    </QueryState>
  );
}

function DeviceDeadLetters({ deviceId }: { deviceId: string }) {
  const query = useInfiniteQuery(deadLettersQuery({ deviceId }));
  return (
    <QueryState query={query}>
      {(data) => (
        <>
          <DeadLetterTable ofDevice items={data.pages.flatMap((p) => p.items)} />
          <LoadMore query={query} />
        </>
      )}
    </QueryState>
  );
}
