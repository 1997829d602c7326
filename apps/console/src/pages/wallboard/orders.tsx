import { type Light, type Page, type WorkOrder } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { lightOf, OrderLight } from '../../components/order-light.js';
import { useNow } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { useFitting } from './use-fitting.js';

const mostRows = 30;
const shown = ['overdue', 'warning', 'normal', 'none'] as const satisfies readonly Light[];

/** Open orders by the lights of their clocks: what is over its time first. */
export function WallOrders({ page }: { page: Page<WorkOrder> | undefined }) {
  const { t } = useTranslation('wall');
  const now = useNow();
  const orders = (page?.items ?? []).map((order) => ({
    order,
    light: order.clock ? lightOf(order.clock, now) : 'none',
  }));
  const rows = orders.slice(0, mostRows);
  const { ref, fits } = useFitting(rows.length);
  const left = orders.length - fits;
  return (
    <section className="wall-panel wall-orders">
      <h2>{t('orders')}</h2>
      <ul className="wall-lights">
        {shown
          .map((light) => ({ light, count: orders.filter((one) => one.light === light).length }))
          .filter(({ light, count }) => count > 0 || light === 'overdue' || light === 'warning')
          .map(({ light, count }) => (
            <li key={light} className={`wall-light wall-light-${light}`} data-none={count === 0}>
              <strong>{page?.nextCursor && light === 'normal' ? t('atLeast', { count }) : count}</strong>
              <span>{t(`light.${light}`)}</span>
            </li>
          ))}
      </ul>
      {page && orders.length === 0 && <p className="wall-calm">{t('noOrders')}</p>}
      <ul ref={ref} className="wall-rows">
        {rows.map(({ order }, index) => (
          <OrderRow key={order.id} order={order} fits={index < fits} />
        ))}
      </ul>
      {left > 0 && (
        <p className="wall-more">
          {t('moreOrders', { count: left })}
          {page?.nextCursor && '+'}
        </p>
      )}
    </section>
  );
}

function OrderRow({ order, fits }: { order: WorkOrder; fits: boolean }) {
  const { t } = useTranslation('wall');
  const text = useText();
  const place = usePlace();
  return (
    <li className="wall-row wall-order" data-fits={fits}>
      <span className="wall-what">
        <strong>{text(order.title)}</strong>
        <span>
          {place(order.areaId, order.areaName)} · {order.assigneeName ?? t('nobodyYet')}
        </span>
      </span>
      <span className="wall-when">
        <OrderLight clock={order.clock} />
        <span>{order.number}</span>
      </span>
    </li>
  );
}
