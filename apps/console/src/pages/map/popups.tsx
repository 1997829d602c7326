import type { MapAlarm, MapDevice, Position, WorkOrder } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deviceQuery } from '../../api/queries.js';
import { Age } from '../../components/age.js';
import { OrderLight } from '../../components/order-light.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { ConnectionMark, WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { AreaPopup } from './area-popup.js';
import type { Pick } from './choice.js';
import { placeOfCase, placeOfDevice } from './marks.js';
import { spotOf } from './shapes.js';
import type { MapData } from './use-data.js';

/** Where the popup of what was picked stands; undefined: it is gone, or has no place. */
export function placeOfPick({ kind, id }: Pick, data: MapData): Position | undefined {
  const { areasById, allDevices, allOrders } = data;
  if (kind === 'area') return spotOf(areasById, id);
  if (kind === 'case') {
    const order = allOrders.find((one) => one.id === id);
    return order && placeOfCase(areasById, order);
  }
  const device = allDevices.find((one) => one.id === id);
  return device && placeOfDevice(areasById, device);
}

export function PickPopup({ pick: { kind, id }, data }: { pick: Pick; data: MapData }) {
  const device = kind === 'device' && data.allDevices.find((one) => one.id === id);
  const order = kind === 'case' && data.allOrders.find((one) => one.id === id);
  const area = kind === 'area' && data.areasById.get(id);
  if (device) return <DevicePopup device={device} />;
  if (order) return <CasePopup order={order} />;
  return area ? <AreaPopup area={area} data={data} /> : null;
}

function DevicePopup({ device }: { device: MapDevice }) {
  const { t } = useTranslation(['map', 'desk']);
  const place = usePlace();
  // What a mark does not say: where indoors it hangs and when it was last heard.
  const detail = useQuery(deviceQuery(device.id)).data;
  return (
    <div className="map-popup">
      <strong>{device.name}</strong>
      <span className="muted">{[place(device.areaId), detail?.placement].filter(Boolean).join(' · ')}</span>
      <span className="row-wrap">
        <ConnectionMark device={{ connection: device.connection, state: detail?.state ?? 'registered' }} />
        {detail?.lastSeenAt && <Age since={detail.lastSeenAt} />}
      </span>
      {!device.position && <span className="muted">{t('inItsArea')}</span>}
      {device.alarms?.map((alarm) => (
        <AlarmLine key={alarm.id} alarm={alarm} />
      ))}
      <Link to={`/devices/${device.id}`}>{t('desk:map.openDevice')}</Link>
    </div>
  );
}

function AlarmLine({ alarm }: { alarm: MapAlarm }) {
  const { t } = useTranslation('map');
  const text = useText();
  return (
    <div className="map-popup-alarm">
      <SeverityBadge severity={alarm.severity} /> <Link to={`/alarms/${alarm.id}`}>{text(alarm.title)}</Link>{' '}
      <Age since={alarm.raisedAt} />
      {(alarm.incidentId ?? alarm.workOrderId) && (
        <div className="row-wrap">
          {alarm.incidentId && <Link to={`/incidents/${alarm.incidentId}`}>{t('openIncident')}</Link>}
          {alarm.workOrderId && <Link to={`/work-orders/${alarm.workOrderId}`}>{t('openOrder')}</Link>}
        </div>
      )}
    </div>
  );
}

function CasePopup({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('map');
  const text = useText();
  const place = usePlace();
  return (
    <div className="map-popup">
      <strong>{text(order.title)}</strong>
      <span className="muted">
        {order.number} · {[place(order.areaId, order.areaName), order.placement].filter(Boolean).join(' · ')}
      </span>
      <span className="row-wrap">
        <SeverityBadge severity={order.severity} /> <WorkOrderStateTag state={order.state} />
      </span>
      <OrderLight clock={order.clock} />
      <span>{order.assigneeName ?? t('nobodyYet')}</span>
      <span className="row-wrap">
        <Link to={`/work-orders/${order.id}`}>{t('openOrder')}</Link>
        {order.incidentId && <Link to={`/incidents/${order.incidentId}`}>{t('openIncident')}</Link>}
      </span>
    </div>
  );
}

/** What stands in one spot. */
export function Heap({ devices, onPick }: { devices: readonly MapDevice[]; onPick: (id: string) => void }) {
  const { t } = useTranslation('map');
  return (
    <div className="map-popup">
      <strong>{t('inOneSpot', { count: devices.length })}</strong>
      <ul className="map-heap">
        {devices.map((device) => (
          <li key={device.id}>
            <button type="button" className="link-button" onClick={() => onPick(device.id)}>
              {device.name}
            </button>{' '}
            {device.alarms?.[0] ? (
              <SeverityBadge severity={device.alarms[0].severity} />
            ) : (
              <ConnectionMark device={{ connection: device.connection, state: 'registered' }} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
