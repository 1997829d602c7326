import type { Database } from '@sc/platform/database';
import { type Kysely, sql, type SqlBool } from 'kysely';
import { awaitingAcceptance, endedStates, openStates } from './machine.js';

/** Everyone who is called to a danger at once. Called again is called once, with the new time. */
export async function keepCalls(
  db: Kysely<Database>,
  calls: readonly { workOrderId: string; personIds: readonly string[] }[],
  at: Date,
): Promise<void> {
  const pairs = calls.flatMap(({ workOrderId, personIds }) => personIds.map((id) => [workOrderId, id] as const));
  if (!pairs.length) return;
  await sql`
    insert into work_order_calls (work_order_id, person_id, called_at)
    select *, ${at}::timestamptz from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, id]) => id)}::uuid[])
    on conflict (work_order_id, person_id) do update set called_at = excluded.called_at`.execute(db);
}

/** Those beside this person who were called: somebody has it now, and they may go on with what they did. */
export async function othersCalled(db: Kysely<Database>, workOrderId: string, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('workOrderCalls')
    .select('personId')
    .where('workOrderId', '=', workOrderId)
    .where('personId', '<>', personId)
    .orderBy('personId')
    .execute();
  return rows.map((row) => row.personId);
}

/** Orders this person was called to that have not ended, and whether nobody has accepted them yet. */
export async function callsOf(db: Kysely<Database>, personId: string): Promise<Map<string, boolean>> {
  const rows = await db
    .selectFrom('workOrderCalls as c')
    .innerJoin('workOrders as o', 'o.id', 'c.workOrderId')
    .select(['o.id', 'o.state'])
    .where('c.personId', '=', personId)
    .where('o.state', 'not in', endedStates)
    .execute();
  return new Map(rows.map(({ id, state }) => [id, awaitingAcceptance.includes(state)]));
}

const isCalledWhile = (personId: string, states: readonly string[]) => sql<SqlBool>`(
  work_orders.state = any(${[...states]}::text[]) and exists (
    select from work_order_calls c where c.work_order_id = work_orders.id and c.person_id = ${personId}))`;

/** For a query of `work_orders`: this person was called, and the order has not ended. */
export const isCalled = (personId: string) => isCalledWhile(personId, openStates);
/** The same, and nobody has accepted it: it is in the list of everybody who was called. */
export const isCallOpen = (personId: string) => isCalledWhile(personId, awaitingAcceptance);
