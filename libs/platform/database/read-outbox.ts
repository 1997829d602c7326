import type { EventPayloadOf, StoredEvent } from '@sc/contracts';
import type { Kysely } from 'kysely';
import type { Database, Row } from './schema.js';

/** Events after `position` in commit order, at most `limit`. Nothing with a smaller position can appear later. */
export async function readOutbox(db: Kysely<Database>, position: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(toStoredEvent);
}

/** The newest position, 0 when there is none. */
export async function lastOutboxPosition(db: Kysely<Database>): Promise<number> {
  const row = await db.selectFrom('outbox').select('position').orderBy('position', 'desc').limit(1).executeTakeFirst();
  return row?.position ?? 0;
}

export function toStoredEvent(row: Row<'outbox'>): StoredEvent {
  return {
    position: row.position,
    id: row.id,
    type: row.type,
    payload: row.payload as EventPayloadOf<typeof row.type>,
    areaId: row.areaId,
    subjectId: row.subjectId,
    personId: row.personId,
    occurredAt: row.occurredAt.toISOString(),
  };
}
