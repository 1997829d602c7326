import type { Severity, WorkOrder, WorkOrderState } from '@sc/contracts';
import { byUrgency } from '../order-rank.js';

export type FirstOrder = Pick<
  WorkOrder,
  'id' | 'number' | 'title' | 'areaName' | 'placement' | 'state' | 'severity' | 'acceptBy' | 'createdAt' | 'position'
>;

/** What can be drawn of an answer that nobody has checked yet: the schemas are still on their way. Most urgent first. */
export const firstOrders = (items: unknown): FirstOrder[] =>
  Array.isArray(items) ? items.filter(isOrder).sort(byUrgency()) : [];

function isOrder(item: unknown): item is FirstOrder {
  const { id, number, title, areaName, placement, state, severity, createdAt } = (item ?? {}) as Record<
    string,
    unknown
  >;
  return (
    [id, number, createdAt].every((value) => typeof value === 'string') &&
    isText(title) &&
    isText(areaName) &&
    (placement === null || typeof placement === 'string') &&
    typeof (state as WorkOrderState) === 'string' &&
    typeof (severity as Severity) === 'string'
  );
}

const isText = (value: unknown): boolean => typeof (value as { en?: unknown } | null)?.en === 'string';
