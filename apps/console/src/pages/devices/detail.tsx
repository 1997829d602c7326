import type { DeviceDetail } from '@sc/contracts';
import { QrcodeOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Table, Tabs } from 'antd';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { deadLettersQuery, deviceQuery, useDomains } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { SiteTime } from '../../components/age.js';
import { useValueText } from '../../components/cause.js';
import { LoadMore } from '../../components/load-more.js';
import { CameraPictures } from '../../components/camera-pictures.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { DeadLetterTable } from '../dead-letters.js';
import { DeviceAccess } from './device-access.js';
import { DeviceCases } from './device-cases.js';
import { DeviceRules } from './device-rules.js';
import { DeviceSilences } from './device-silences.js';
import { HistoryPanel } from './history/panel.js';
import { labelsPath } from './labels-path.js';
import { ManageDevice } from './manage.js';
import { DeviceNotes } from './notes.js';
import { TakeOut } from './take-out.js';
import { Vitals } from './vitals.js';

export function DevicePage() {
  const { t } = useTranslation(['desk', 'site', 'silences']);
  const { community = '', device = '' } = useParams();
  const query = useQuery(deviceQuery(`${community}/${device}`));
  const mayManage = useMay('admin');
  const mayTakeOut = useMay('admin', 'manager');
  const [taking, setTaking] = useState(false);
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
            {mayTakeOut && query.data.state === 'registered' && (
              <Button icon={<StopOutlined />} onClick={() => setTaking(true)}>
                {t('silences:takeOut')}
              </Button>
            )}
            {mayManage && query.data.state === 'registered' && <ManageDevice device={query.data} />}
            {taking && <TakeOut device={query.data} onClose={() => setTaking(false)} />}
          </>
        )
      }
    >
      <QueryState query={query}>{(data) => <Detail device={data} />}</QueryState>
    </Page>
  );
}

const tabs = ['cases', 'rules', 'silences', 'access', 'letters'] as const;
type Tab = (typeof tabs)[number];

function Detail({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('device');
  // Cameras speak in events: what they saw stands where others show their readings.
  const noReadings = device.domain === 'camera' && device.lastReadings.length === 0;
  return (
    <div className="stack">
      <DeviceNotes device={device} />
      <div className="columns device-facts">
        <Panel title={t('howItIs')}>
          <Vitals device={device} />
        </Panel>
        <Panel title={t('whatItIs')}>
          <WhatItIs device={device} />
        </Panel>
      </div>
      {noReadings ? <Pictures device={device} /> : <HistoryPanel device={device} />}
      {device.domain === 'camera' && !noReadings && <Pictures device={device} />}
      {!noReadings && (
        <Panel title={t('lastReadings')}>
          <LastReadings device={device} />
        </Panel>
      )}
      <Parts device={device} />
    </div>
  );
}

/** What is asked for only when somebody looks. */
function Parts({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('device');
  const [params, setParams] = useSearchParams();
  const maySeeDeadLetters = useMay('admin', 'operator');
  const shown = tabs.filter((tab) => tab !== 'letters' || maySeeDeadLetters);
  const parts: Record<Tab, () => ReactNode> = {
    cases: () => <DeviceCases deviceId={device.id} />,
    rules: () => (
      <Panel title={t('rules')}>
        <p className="muted">{t('rulesText')}</p>
        <DeviceRules deviceId={device.id} />
      </Panel>
    ),
    silences: () => (
      <div className="stack">
        <DeviceSilences deviceId={device.id} />
      </div>
    ),
    access: () => <DeviceAccess device={device} />,
    letters: () => <DeviceDeadLetters deviceId={device.id} />,
  };
  return (
    <Tabs
      destroyOnHidden
      activeKey={shown.find((tab) => tab === params.get('tab')) ?? 'cases'}
      onChange={(tab) =>
        setParams(
          (old) => {
            const next = new URLSearchParams(old);
            if (tab === 'cases') next.delete('tab');
            else next.set('tab', tab);
            return next;
          },
          { replace: true },
        )
      }
      items={shown.map((tab) => ({ key: tab, label: t(`tab.${tab}`), children: parts[tab]() }))}
    />
  );
}

function WhatItIs({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation(['desk', 'device']);
  const text = useText();
  const place = usePlace();
  const domain = useDomains().find((d) => d.name === device.domain);
  return (
    <Facts
      items={[
        [t('devices.id'), <code>{device.id}</code>],
        [t('devices.domain'), domain ? text(domain.title) : device.domain],
        [t('devices.area'), <Link to={`/areas/${device.areaId}`}>{place(device.areaId)}</Link>],
        [t('devices.placement'), device.placement],
        [t('devices.ruleLabels'), device.labels.length > 0 && device.labels.join(' · ')],
        [t('devices.position'), device.position?.map((n) => n.toFixed(5)).join(', ')],
        [t('device:bridge'), device.bridge?.name],
      ]}
    />
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

function DeviceDeadLetters({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation(['desk', 'device']);
  const query = useInfiniteQuery(deadLettersQuery({ deviceId }));
  return (
    <Panel
      title={t('devices.deadLetters')}
      extra={<Link to={`/dead-letters?device=${encodeURIComponent(deviceId)}`}>{t('device:allLetters')}</Link>}
    >
      <QueryState query={query}>
        {(data) => (
          <>
            <DeadLetterTable ofDevice items={data.pages.flatMap((p) => p.items)} />
            <LoadMore query={query} />
          </>
        )}
      </QueryState>
    </Panel>
  );
}
