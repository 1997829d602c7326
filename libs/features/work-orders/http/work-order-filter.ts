import type { Person, WorkOrderQuery } from '@sc/contracts';
import { sql } from 'kysely';
import { helps } from '../access.js';
import { isCallOpen } from '../calls.js';
import type { OrderClockView } from '../order-clock-view.js';
import type { visibleOrders } from './work-order-rows.js';

export type VisibleOrders = ReturnType<typeof visibleOrders>;
export type OrderFilter = Pick<WorkOrderQuery, 'assignee' | 'assigneeId' | 'areaId' | 'light' | 'severity'>;

/** What the list and the board leave out alike. */
export function narrowed(
  query: VisibleOrders,
  person: Person,
  { assignee, assigneeId, areaId, light, severity }: OrderFilter,
  clocks: OrderClockView,
): VisibleOrders {
  let narrow = query;
  if (assignee === 'mine')
    narrow = narrow.where(({ or, eb }) =>
      or([eb('workOrders.assigneeId', '=', person.id), isCallOpen(person.id), helps(person.id, 'open')]),
    );
  if (assigneeId === 'nobody') narrow = narrow.where('workOrders.assigneeId', 'is', null);
  else if (assigneeId) narrow = narrow.where('workOrders.assigneeId', '=', assigneeId);
  if (areaId) narrow = narrow.where(sql<boolean>`areas.path @> array[${areaId}]::text[]`);
  if (light) narrow = narrow.where(clocks.hasLight(light));
  if (severity) narrow = narrow.where('workOrders.severity', '=', severity);
  return narrow;
}
