import type { ResidentSign } from '@sc/contracts';
import { orderNumber } from '@sc/features/work-orders';
import type { Row, Transaction } from '@sc/platform/database';

/** Pages that show the order look again, and with a sign people are told. The event says that something was said, never what. */
export function tellOrderChanged({ emit }: Transaction, order: Row<'workOrders'>, resident?: ResidentSign): void {
  const { id, incidentId, sequence, state, severity, areaId, assigneeId } = order;
  emit({
    type: 'work-order.changed.v1',
    payload: {
      workOrderId: id,
      incidentId,
      number: orderNumber(sequence),
      action: 'note',
      state,
      severity,
      areaId,
      assigneeId,
      ...(resident && { resident }),
    },
    areaId,
    subjectId: id,
  });
}
