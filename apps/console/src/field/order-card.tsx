import type { WorkOrder } from '@sc/contracts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { OrderLight } from '../components/order-light.js';
import { SeverityBadge } from '../components/severity-badge.js';
import { serverNow, useNow } from '../lib/site-time.js';
import { useDuration, useText } from '../lib/use-words.js';
import { expected, onTheirWay, stepsOf } from './expected.js';
import type { OutboxCase } from './outbox-items.js';
import { useOutbox } from './outbox.js';
import { useFieldPlace } from './use-field-place.js';

/** Comes after the list: what it says of the outcome is a part of the component kit that the list does without. */
const QuickAccept = lazy(() => import('./quick-accept.js'));

/** An order of the list, as it will be when what waits has arrived. */
export function OrderCard({ order: known, metres }: { order: WorkOrder; metres?: number }) {
  const { t } = useTranslation(['field', 'words']);
  const text = useText();
  const place = useFieldPlace();
  const steps = stepsOf(useOutbox().items, known.id);
  const order = expected(known, onTheirWay(steps));
  const refused = steps.find(({ state }) => state === 'refused');
  const last = steps.at(-1);
  return (
    <li>
      <Link to={`/field/orders/${order.id}`} className={`field-card field-card-${order.severity}`}>
        <div className="field-card-row">
          <SeverityBadge severity={order.severity} />
          <ExpectedState order={order} waits={order.state !== known.state} />
        </div>
        <strong>{text(order.title)}</strong>
        <span>{[place(order.areaId, order.areaName), order.placement].filter(Boolean).join(' · ')}</span>
        <div className="field-card-row">
          <span className="muted">
            {order.number}
            {metres !== undefined && ` · ${t('away', { metres })}`}
          </span>
          {refused ? (
            <span className="field-overdue">
              {t('refusedStep', { action: t(`words:workOrderAction.${refused.action}`) })}
            </span>
          ) : last ? (
            <span className="field-pending">
              {t('pendingOrder', { action: t(`words:workOrderAction.${last.action}`) })}
            </span>
          ) : (
            <AcceptWithin order={order} />
          )}
        </div>
      </Link>
      {steps.length === 0 && order.allowedActions.includes('accept') && (
        <Suspense fallback={<div className="field-quick" />}>
          <div className="field-quick">
            <QuickAccept order={order} />
          </div>
        </Suspense>
      )}
    </li>
  );
}

/** Where it stands; marked where only this phone knows so. */
export function ExpectedState({ order, waits }: { order: Pick<WorkOrder, 'state'>; waits: boolean }) {
  const { t } = useTranslation(['field', 'words']);
  return (
    <span className="field-state">
      {t(`words:workOrderState.${order.state}`)}
      {waits && <span className="field-pending"> · {t('notSent')}</span>}
    </span>
  );
}

/** Something found that the platform does not know of yet. */
export function CaseCard({ found }: { found: OutboxCase }) {
  const { t } = useTranslation('field');
  const text = useText();
  const place = useFieldPlace();
  return (
    <li>
      <Link to="/field/waiting" className="field-card">
        <div className="field-card-row">
          <span>{t('reportCase')}</span>
          <span className={found.state === 'refused' ? 'field-overdue' : 'field-pending'}>
            {found.state === 'refused' ? t('itemRefused') : t('notSent')}
          </span>
        </div>
        <strong>{text(found.title)}</strong>
        <span>{[place(found.body.areaId), found.body.placement].filter(Boolean).join(' · ')}</span>
      </Link>
    </li>
  );
}

/** Before, it is told in minutes. */
const secondsMatterMs = 120_000;

/** Until when to accept; after that, what is left of the present step. */
export function AcceptWithin({ order }: { order: Pick<WorkOrder, 'state' | 'acceptBy' | 'clock'> }) {
  const { t } = useTranslation('field');
  const isNear = order.acceptBy !== null && Date.parse(order.acceptBy) - serverNow() < secondsMatterMs;
  const now = useNow(isNear ? 1 : 15);
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
