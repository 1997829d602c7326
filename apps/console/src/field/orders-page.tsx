import type { WorkOrder } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../app/session.js';
import { OrderLight } from '../components/order-light.js';
import { SeverityBadge } from '../components/severity-badge.js';
import { useNow } from '../lib/site-time.js';
import { useDuration, useText } from '../lib/use-words.js';
import { myOrdersQuery } from './cached.js';
import { byUrgency } from './order-rank.js';
import { useOutbox } from './outbox.js';
import { CopyNote, FieldCalm, FieldState } from './parts.js';
import { useFieldPlace } from './use-field-place.js';

export function FieldOrdersPage() {
  const { t } = useTranslation(['field', 'cases']);
  const query = useQuery(myOrdersQuery(usePerson().id));
  return (
    <>
      <div className="field-card-row">
        <h1 className="field-title">{t('orders')}</h1>
        <Link to="/field/report" className="field-report-link">
          + {t('cases:report')}
        </Link>
      </div>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            {value.length === 0 ? (
              <FieldCalm title={t('calm')} text={t('calmText')} />
            ) : (
              <ul className="field-cards">
                {[...value].sort(byUrgency).map((order) => (
                  <OrderCard key={order.id} order={order} />
                ))}
              </ul>
            )}
          </>
        )}
      </FieldState>
    </>
  );
}

function OrderCard({ order }: { order: WorkOrder }) {
  const { t } = useTranslation(['field', 'words']);
  const text = useText();
  const place = useFieldPlace();
  const pending = useOutbox().items.findLast((i) => i.workOrderId === order.id);
  return (
    <li>
      <Link to={`/field/orders/${order.id}`} className={`field-card field-card-${order.severity}`}>
        <div className="field-card-row">
          <SeverityBadge severity={order.severity} />
          <span className="field-state">{t(`words:workOrderState.${order.state}`)}</span>
        </div>
        <strong>{text(order.title)}</strong>
        <span>{[place(order.areaId, order.areaName), order.placement].filter(Boolean).join(' · ')}</span>
        <div className="field-card-row">
          <span className="muted">{order.number}</span>
          {pending ? (
            <span className="field-pending">
              {t('pendingOrder', { action: t(`words:workOrderAction.${pending.action}`) })}
            </span>
          ) : (
            <AcceptWithin order={order} />
          )}
        </div>
      </Link>
    </li>
  );
}

/** Until when to accept; after that, what is left of the present step. */
export function AcceptWithin({ order }: { order: Pick<WorkOrder, 'state' | 'acceptBy' | 'clock'> }) {
  const { t } = useTranslation('field');
  const now = useNow();
  const duration = useDuration();
  if (order.state !== 'dispatched' || !order.acceptBy)
    return order.clock?.left ? <OrderLight clock={order.clock} /> : null;
  const left = Date.parse(order.acceptBy) - now;
  return left >= 0 ? (
    <span className="field-due">{t('acceptBy', { time: duration(left) })}</span>
  ) : (
    <strong className="field-due field-overdue">{t('overdue', { time: duration(-left) })}</strong>
  );
}
