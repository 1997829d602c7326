import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

const dayMs = 86_400_000;
/** Long enough to answer "was I told?" about last month. */
const deliveriesKeptMs = 35 * dayMs;
/** A browser that nobody opened for so long is somebody else's by now. */
const subscriptionsKeptMs = 90 * dayMs;
const step = 5_000;

/**
 * Removes old deliveries, browsers that were not seen for a quarter, and addresses of people who may not log in any more.
 * @returns how many rows went, by table
 */
export async function keepDeliveries(db: Kysely<Database>, now: number): Promise<Record<string, number>> {
  const before = (ageMs: number) => new Date(now - ageMs);
  let deliveries = 0;
  for (let removed = step; removed === step; deliveries += removed) {
    const result = await sql`delete from deliveries where id in (
      select id from deliveries where created_at < ${before(deliveriesKeptMs)} and state not in ('held', 'pending')
      order by created_at limit ${step})`.execute(db);
    removed = Number(result.numAffectedRows ?? 0);
  }
  const subscriptions =
    await sql`delete from push_subscriptions where confirmed_at < ${before(subscriptionsKeptMs)}`.execute(db);
  const addresses =
    await sql`delete from person_addresses a using people p where p.id = a.person_id and not p.active`.execute(db);
  return {
    deliveries,
    pushSubscriptions: Number(subscriptions.numAffectedRows ?? 0),
    personAddresses: Number(addresses.numAffectedRows ?? 0),
  };
}
