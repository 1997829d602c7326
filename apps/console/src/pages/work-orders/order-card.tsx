import type { WorkOrder } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Age } from '../../components/age.js';
import { OrderLight } from '../../components/order-light.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

/** An order at a glance; the state only where no column says it. */
export function OrderCard({ order, state = false }: { order: WorkOrder; state?: boolean }) {
  const { t } = useTranslation(['desk', 'board']);
  const text = useText();
  const place = usePlace()(order.areaId, order.areaName);
  return (
    <Link to={`/work-orders/${order.id}`} className={`order-card order-card-${order.severity}`} data-card={order.id}>
      <span className="order-card-head">
        <SeverityBadge severity={order.severity} />
        {state && <WorkOrderStateTag state={order.state} />}
      </span>
      <strong className="order-card-title">{text(order.title)}</strong>
      <span className="order-card-place">{place}</span>
      {order.clock?.left && <OrderLight clock={order.clock} />}
      <span className="order-card-foot">
        <span className="order-card-person">{order.assigneeName ?? t('workOrders.nobody')}</span>
        <span className="muted">
          {order.number} · <Age since={order.createdAt} />
        </span>
      </span>
    </Link>
  );
}
