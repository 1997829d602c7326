import { type RawBuilder, sql } from 'kysely';
import type { ListedOrder, visibleOrders } from './work-order-rows.js';

type Query = ReturnType<typeof visibleOrders>;
type Key = (string | number)[];

/** An order of the list, and how the next page goes on in it. */
interface Sorting {
  of(query: Query): Query;
  after(key: Key): RawBuilder<boolean>;
  keyOf(last: ListedOrder): Key;
}

export const newestFirst: Sorting = {
  of: (query) => query.orderBy('workOrders.createdAt', 'desc').orderBy('workOrders.id', 'desc'),
  after: ([createdAt, id]) =>
    sql<boolean>`(work_orders.created_at, work_orders.id::text) < (to_timestamp(${createdAt}::float8 / 1000), ${id})`,
  keyOf: ({ createdAt, id }) => [createdAt.getTime(), id],
};

/** What is over longest comes first, what has no deadline last. */
export const byDeadline: Sorting = {
  of: (query) => query.orderBy(sql`coalesce(work_orders.due_at, 'infinity')`).orderBy('workOrders.id'),
  after: ([due, id]) =>
    sql<boolean>`(coalesce(work_orders.due_at, 'infinity'), work_orders.id::text)
      > (case ${due}::text when 'none' then 'infinity' else to_timestamp(nullif(${due}::text, 'none')::float8 / 1000) end, ${id})`,
  keyOf: ({ dueAt, id }) => [dueAt?.getTime() ?? 'none', id],
};
