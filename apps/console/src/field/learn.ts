import type { OrderResidents, RoundDetail, WorkOrderDetail } from '@sc/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys.js';

/** What the platform answered to something sent stands on the pages at once, where they keep their copies too. */
export function learnOrder(queries: QueryClient, order: WorkOrderDetail): WorkOrderDetail {
  queries.setQueryData(keys.workOrder(order.id), order);
  queries.setQueryData(phoneKeys.order(order.id), { value: order });
  return order;
}

export function learnRound(queries: QueryClient, round: RoundDetail): RoundDetail {
  queries.setQueryData(phoneKeys.round(round.id), { value: round });
  return round;
}

export function learnResidents(queries: QueryClient, orderId: string, residents: OrderResidents): OrderResidents {
  queries.setQueryData(phoneKeys.residents(orderId), { value: residents });
  return residents;
}

/** Of the pages that fall back on a copy. Below those of the desk, so that what makes them stale makes these stale. */
export const phoneKeys = {
  order: (id: string) => [...keys.workOrder(id), 'field'] as const,
  residents: (orderId: string) => [...keys.workOrder(orderId), 'residents', 'field'] as const,
  round: (id: string) => [...keys.round(id), 'field'] as const,
};
