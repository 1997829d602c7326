import type { WorkOrder } from '@sc/contracts';
import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';

/** How long is left to accept; nothing once it is accepted. */
export function AcceptBy({ order }: { order: Pick<WorkOrder, 'state' | 'acceptBy'> }) {
  const { t } = useTranslation('desk');
  const now = useNow();
  const duration = useDuration();
  if (!order.acceptBy || order.state !== 'dispatched') return <span className="muted">–</span>;
  const left = Date.parse(order.acceptBy) - now;
  return left < 0 ? (
    <strong className="counts-hot">
      <WarningOutlined /> {t('workOrders.overdue', { time: duration(-left) })}
    </strong>
  ) : (
    <span className="age">
      <ClockCircleOutlined /> {t('workOrders.left', { time: duration(left) })}
    </span>
  );
}
