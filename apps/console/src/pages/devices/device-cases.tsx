import type { ListedIncident, WorkOrder } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deviceAlarmsQuery, deviceIncidentsQuery, deviceOrdersQuery } from '../../api/queries.js';
import { Age, SiteTime } from '../../components/age.js';
import { AlarmMiniList } from '../../components/alarm-mini-list.js';
import { Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { StateTag, WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

const over = new Set<WorkOrder['state']>(['closed', 'evaluated', 'voided']);

/** Alarms, orders and incidents of a device: what is open first, then what was. */
export function DeviceCases({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation(['device', 'desk']);
  const alarms = useQuery(deviceAlarmsQuery(deviceId));
  const orders = useQuery(deviceOrdersQuery(deviceId));
  const incidents = useQuery(deviceIncidentsQuery(deviceId));
  return (
    <div className="columns">
      <Panel title={t('alarms')}>
        <QueryState query={alarms}>
          {({ items }) => {
            const open = items.filter(({ state }) => state !== 'normal');
            const past = items.filter(({ state }) => state === 'normal');
            return (
              <div className="stack">
                <Part
                  title={t('open')}
                  none={items.length === 0 ? t('desk:devices.noAlarms') : t('noOpenAlarms')}
                  count={open.length}
                >
                  <AlarmMiniList alarms={open} showDevice={false} />
                </Part>
                {past.length > 0 && (
                  <Part title={t('past')} none="" count={past.length}>
                    <AlarmMiniList alarms={past} showDevice={false} />
                  </Part>
                )}
              </div>
            );
          }}
        </QueryState>
      </Panel>
      <div className="stack">
        <Panel title={t('orders')}>
          <QueryState query={orders}>
            {({ items }) => {
              const open = items.filter(({ state }) => !over.has(state));
              const past = items.filter(({ state }) => over.has(state));
              return (
                <div className="stack">
                  <Part
                    title={t('open')}
                    none={items.length === 0 ? t('noOrders') : t('noOpenOrders')}
                    count={open.length}
                  >
                    <Orders orders={open} />
                  </Part>
                  {past.length > 0 && (
                    <Part title={t('past')} none="" count={past.length}>
                      <Orders orders={past} />
                    </Part>
                  )}
                </div>
              );
            }}
          </QueryState>
        </Panel>
        <Panel title={t('incidents')}>
          <QueryState query={incidents}>
            {({ items }) =>
              items.length === 0 ? <span className="muted">{t('noIncidents')}</span> : <Incidents incidents={items} />
            }
          </QueryState>
        </Panel>
      </div>
    </div>
  );
}

function Part({ title, none, count, children }: { title: string; none: string; count: number; children: ReactNode }) {
  return (
    <section className="stack-tight">
      <h3 className="part-title">{title}</h3>
      {count > 0 ? children : <span className="muted">{none}</span>}
    </section>
  );
}

function Orders({ orders }: { orders: WorkOrder[] }) {
  const text = useText();
  return (
    <ul className="mini-list">
      {orders.map((order) => (
        <li key={order.id}>
          <SeverityBadge severity={order.severity} />
          <span className="grow">
            <Link to={`/work-orders/${order.id}`}>{order.number}</Link> {text(order.title)}
            {order.assigneeName && <div className="muted">{order.assigneeName}</div>}
          </span>
          <WorkOrderStateTag state={order.state} />
          <Age since={order.createdAt} />
        </li>
      ))}
    </ul>
  );
}

function Incidents({ incidents }: { incidents: ListedIncident[] }) {
  const { t } = useTranslation('device');
  const place = usePlace();
  return (
    <ul className="mini-list">
      {incidents.map((incident) => (
        <li key={incident.id}>
          <SeverityBadge severity={incident.severity} />
          <span className="grow">
            <Link to={`/incidents/${incident.id}`}>{place(incident.areaId, incident.areaName)}</Link>
            <div className="muted">
              {t('incidentAlarms', { count: incident.alarms })} · <SiteTime at={incident.openedAt} />
            </div>
          </span>
          <StateTag tone={incident.state === 'open' ? 'warm' : 'good'}>{t(`incident.${incident.state}`)}</StateTag>
        </li>
      ))}
    </ul>
  );
}
