import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../components/page.js';
import { OrderLight } from '../../components/order-light.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useOnDuty } from '../../lib/use-on-duty.js';
import { useText } from '../../lib/use-words.js';
import { connections } from './choice.js';
import { isIn } from './marks.js';
import type { MapData } from './use-data.js';

/** More are counted; their own pages list them with filters. */
const most = 200;

/** What the map shows, in words: for browsers that cannot draw it, and for whoever would rather read. */
export function MapList({ data }: { data: MapData }) {
  const { t } = useTranslation('map');
  const text = useText();
  const place = usePlace();
  const onDuty = useOnDuty() ?? [];
  const { areasById, filter, devices, cases, rounds, allDevices } = data;
  const alarms = allDevices
    .flatMap((device) => (device.alarms ?? []).map((alarm) => ({ device, alarm })))
    .filter(
      ({ device, alarm }) => alarm.severity === 'extreme' || (filter.layers.has('alarms') && devices.includes(device)),
    )
    .sort((a, b) => Number(b.alarm.severity === 'extreme') - Number(a.alarm.severity === 'extreme'));
  // What is not heard first: that is what one looks for.
  const hung = devices.toSorted((a, b) => connections.indexOf(b.connection) - connections.indexOf(a.connection));
  const officers = filter.layers.has('officers')
    ? onDuty.filter(({ areaId }) => isIn(areasById, areaId, filter.areaId))
    : [];
  return (
    <div className="stack">
      <Part title={t('layer.alarms')} count={alarms.length}>
        {alarms.slice(0, most).map(({ device, alarm }) => (
          <li key={alarm.id}>
            <SeverityBadge severity={alarm.severity} />
            <span className="grow">
              <Link to={`/alarms/${alarm.id}`}>{text(alarm.title)}</Link>{' '}
              <span className="muted">
                <Link to={`/devices/${device.id}`}>{device.name}</Link> · {place(device.areaId)}
              </span>
            </span>
          </li>
        ))}
      </Part>
      {cases.length > 0 && (
        <Part title={t('layer.cases')} count={cases.length}>
          {cases.slice(0, most).map((order) => (
            <li key={order.id}>
              <OrderLight clock={order.clock} />
              <span className="grow">
                <Link to={`/work-orders/${order.id}`}>
                  {order.number} {text(order.title)}
                </Link>{' '}
                <span className="muted">{place(order.areaId, order.areaName)}</span>
              </span>
            </li>
          ))}
        </Part>
      )}
      {officers.length > 0 && (
        <Part title={t('layer.officers')} count={officers.length}>
          {officers.map(({ personId, areaId, name }) => (
            <li key={`${personId} ${areaId}`}>
              <span className="grow">{name}</span> <span className="muted">{place(areaId)}</span>
            </li>
          ))}
        </Part>
      )}
      {rounds.length > 0 && (
        <Part title={t('layer.rounds')} count={rounds.length}>
          {rounds.slice(0, most).map((round) => (
            <li key={round.id}>
              <Link className="grow" to={`/rounds/${round.id}`}>
                {text(round.title)}
              </Link>{' '}
              <span className="muted">{place(round.areaId, round.areaName)}</span>
            </li>
          ))}
        </Part>
      )}
      {filter.layers.has('devices') && (
        <Part title={t('layer.devices')} count={devices.length}>
          {hung.slice(0, most).map((device) => (
            <li key={device.id}>
              <ConnectionMark device={{ connection: device.connection, state: 'registered' }} />
              <span className="grow">
                <Link to={`/devices/${device.id}`}>{device.name}</Link>{' '}
                <span className="muted">{place(device.areaId)}</span>
              </span>
            </li>
          ))}
        </Part>
      )}
    </div>
  );
}

function Part({ title, count, children }: { title: string; count: number; children: React.ReactNode }) {
  const { t } = useTranslation('map');
  return (
    <Panel title={`${title} (${count})`}>
      {count === 0 ? <p className="muted">{t('nothing')}</p> : <ul className="mini-list">{children}</ul>}
      {count > most && <p className="muted">{t('listCut', { count: most })}</p>}
    </Panel>
  );
}
