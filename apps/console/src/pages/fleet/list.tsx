import type { FleetDevice } from '@sc/contracts';
import { Grid, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Age } from '../../components/age.js';
import { rowKeys } from '../../components/row-keys.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { signalText } from '../devices/vitals.js';
import '../../styles/cards.css';
import { Act } from './act.js';
import { useProblemWords } from './use-problem-words.js';

interface Props {
  devices: FleetDevice[];
  empty: ReactNode;
}

/** A table on the desk, cards on a phone. */
export function FleetList(props: Props) {
  const { t } = useTranslation('fleet');
  const wide = Grid.useBreakpoint().md ?? true;
  return (
    <div role="group" aria-label={t('list')} onKeyDown={rowKeys}>
      {wide ? <FleetTable {...props} /> : <FleetCards {...props} />}
    </div>
  );
}

function FleetTable({ devices, empty }: Props) {
  const { t } = useTranslation('fleet');
  const place = usePlace();
  const unknown = <span className="muted">–</span>;
  return (
    <Table<FleetDevice>
      size="small"
      rowKey="id"
      dataSource={devices}
      pagination={false}
      scroll={{ x: 1120 }}
      locale={{ emptyText: empty }}
      columns={[
        {
          title: t('column.device'),
          width: 200,
          ellipsis: true,
          render: (_, d) => (
            <>
              <Link data-row to={`/devices/${d.id}`} title={d.name}>
                {d.name}
              </Link>
              <div className="alarm-sub">{d.id}</div>
            </>
          ),
        },
        { title: t('column.problems'), width: 200, render: (_, d) => <Problems device={d} /> },
        {
          title: t('column.place'),
          width: 170,
          ellipsis: true,
          render: (_, d) => [place(d.areaId, d.areaName), d.placement].filter(Boolean).join(' · '),
        },
        {
          title: t('column.lastSeen'),
          width: 110,
          render: (_, d) => (
            <>
              <ConnectionMark device={{ ...d, state: 'registered' }} />
              <div className="muted">{d.lastSeenAt && <Age since={d.lastSeenAt} />}</div>
            </>
          ),
        },
        {
          title: t('column.battery'),
          width: 76,
          align: 'right',
          render: (_, d) => (d.battery ? `${Math.round(d.battery.percent)} %` : unknown),
        },
        {
          title: t('column.signal'),
          width: 124,
          align: 'right',
          render: (_, d) => (d.signal ? signalText(d.signal) : unknown),
        },
        {
          title: t('column.losses'),
          width: 90,
          align: 'right',
          render: (_, d) => (
            <>
              {d.losses}
              <div className="muted">{d.lastLossAt && <Age since={d.lastLossAt} />}</div>
            </>
          ),
        },
        {
          title: t('column.letters'),
          width: 100,
          align: 'right',
          render: (_, d) =>
            d.deadLetters > 0 ? (
              <Link to={`/dead-letters?device=${encodeURIComponent(d.id)}`}>{d.deadLetters}</Link>
            ) : (
              <span className="muted">0</span>
            ),
        },
        {
          title: <span className="visually-hidden">{t('column.act')}</span>,
          width: 50,
          align: 'right',
          render: (_, d) => <Act device={d} />,
        },
      ]}
    />
  );
}

function FleetCards({ devices, empty }: Props) {
  const { t } = useTranslation('fleet');
  const place = usePlace();
  if (devices.length === 0) return empty;
  return (
    <ul className="device-cards">
      {devices.map((device) => (
        <li key={device.id} className="fleet-card">
          <Link data-row to={`/devices/${device.id}`} className="device-card">
            <strong>{device.name}</strong>
            <span className="alarm-sub">{device.id}</span>
            <span>{[place(device.areaId, device.areaName), device.placement].filter(Boolean).join(' · ')}</span>
            <Problems device={device} />
            <span className="device-card-line">
              <ConnectionMark device={{ ...device, state: 'registered' }} />
              <span className="muted">
                {device.battery && `${t('column.battery')} ${Math.round(device.battery.percent)} % `}
                {device.lastSeenAt && <Age since={device.lastSeenAt} />}
              </span>
            </span>
          </Link>
          <Act device={device} />
        </li>
      ))}
    </ul>
  );
}

function Problems({ device }: { device: FleetDevice }) {
  const { t } = useTranslation('fleet');
  const words = useProblemWords();
  if (device.problems.length === 0) return <span className="muted">{t('ok')}</span>;
  return (
    <span className="fleet-problems">
      {device.problems.map((problem) => (
        <span key={problem} className="fleet-problem" title={words.meaning(problem)}>
          {words.name(problem)}
        </span>
      ))}
    </span>
  );
}
