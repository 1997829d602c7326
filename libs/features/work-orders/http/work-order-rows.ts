import type { OrderClock, Person, WorkOrder } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { Viewpoint } from '../access.js';
import { allowedActions } from '../decide.js';
import { orderNumber } from '../order-ledger.js';
import { visibleTo } from '../access.js';

/** Orders with the names a list shows, whoever asks. */
export const namedOrders = (db: Kysely<Database>) =>
  db
    .selectFrom('workOrders')
    .innerJoin('areas', 'areas.id', 'workOrders.areaId')
    .leftJoin('people', 'people.id', 'workOrders.assigneeId')
    .selectAll('workOrders')
    .select([placeName.as('areaName'), 'people.name as assigneeName']);

/** Those the person may see. */
export const visibleOrders = (db: Kysely<Database>, person: Person) => namedOrders(db).where(visibleTo(person));

export type ListedOrder = Awaited<ReturnType<ReturnType<typeof visibleOrders>['execute']>>[number];

export async function toWorkOrder(
  row: ListedOrder,
  viewpoint: Viewpoint,
  clock: OrderClock | null = null,
): Promise<WorkOrder> {
  const { longitude, latitude } = row;
  return {
    id: row.id,
    number: orderNumber(row.sequence),
    incidentId: row.incidentId,
    source: row.source,
    category: row.category,
    title: row.title,
    instructions: row.instructions,
    state: row.state,
    severity: row.severity,
    areaId: row.areaId,
    areaName: row.areaName,
    dutyGridId: row.dutyGridId,
    position: longitude === null || latitude === null ? null : [longitude, latitude],
    placement: row.placement,
    assigneeId: row.assigneeId,
    assigneeName: row.assigneeName,
    escalationLevel: row.escalationLevel,
    acceptBy: row.acceptBy?.toISOString() ?? null,
    clock,
    photoRequired: row.photoRequired,
    proof: row.proof === 'none' && row.photoRequired ? 'photo' : row.proof,
    resumeAt: row.resumeAt?.toISOString() ?? null,
    score: row.score,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    allowedActions: allowedActions(row, await viewpoint.asker(row), await viewpoint.waiting(row)),
  };
}
