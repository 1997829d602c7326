import type { Delivery, DeliveryQuery } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { decodeCursor } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { inAppChannelId } from '../inbox/inbox.js';

/** With the moment by which both tables are put in one order. */
export interface LogRow {
  at: number;
  delivery: Delivery;
}

/** One more than a page, newest first. */
export async function readOutside(
  db: Kysely<Database>,
  { state, channelId, personId, cursor, limit }: DeliveryQuery,
): Promise<LogRow[]> {
  let query = db
    .selectFrom('deliveries as d')
    .leftJoin('people as p', 'p.id', 'd.personId')
    .selectAll('d')
    .select('p.name as personName')
    .orderBy('d.createdAt', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1);
  if (state) query = query.where('d.state', '=', state);
  if (channelId) query = query.where('d.channelId', '=', channelId);
  if (personId) query = query.where('d.personId', '=', personId);
  if (cursor) query = query.where(before('d', cursor));
  const rows = await query.execute();
  return rows.map((row) => ({
    at: row.createdAt.getTime(),
    delivery: {
      id: row.id,
      // the webhook of the settings is told by its address
      channel: { id: row.channelId, kind: row.channel, name: row.channelName ?? row.target },
      person: row.personId && row.personName !== null ? { id: row.personId, name: row.personName } : null,
      state: row.state,
      severity: row.severity,
      title: row.message?.title ?? null,
      attempts: row.attempts,
      lastError: row.lastError,
      createdAt: row.createdAt.toISOString(),
      heldUntil: row.heldUntil?.toISOString() ?? null,
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
    },
  }));
}

/** What was told in the app was told when it was written. */
export async function readInApp(db: Kysely<Database>, { personId, cursor, limit }: DeliveryQuery): Promise<LogRow[]> {
  let query = db
    .selectFrom('notifications as n')
    .innerJoin('people as p', 'p.id', 'n.personId')
    .select(['n.id', 'n.personId', 'n.severity', 'n.message', 'n.createdAt', 'p.name as personName'])
    .orderBy('n.createdAt', 'desc')
    .orderBy('n.id', 'desc')
    .limit(limit + 1);
  if (personId) query = query.where('n.personId', '=', personId);
  if (cursor) query = query.where(before('n', cursor));
  const rows = await query.execute();
  return rows.map(({ id, message, createdAt, severity, ...row }) => ({
    at: createdAt.getTime(),
    delivery: {
      id,
      channel: { id: inAppChannelId, kind: 'in-app', name: 'in-app' },
      person: { id: row.personId, name: row.personName },
      state: 'delivered',
      severity,
      title: message?.title ?? null,
      attempts: 1,
      lastError: null,
      createdAt: createdAt.toISOString(),
      heldUntil: null,
      deliveredAt: createdAt.toISOString(),
    },
  }));
}

function before(table: 'd' | 'n', cursor: string) {
  const [createdAt, id] = decodeCursor(cursor, 2);
  return sql<boolean>`(${sql.ref(`${table}.created_at`)}, ${sql.ref(`${table}.id`)}::text)
    < (to_timestamp(${createdAt}::float8 / 1000), ${id})`;
}
