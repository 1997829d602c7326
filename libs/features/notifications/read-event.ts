import type { EventPayloadOf, EventType, StoredEvent } from '@sc/contracts';
import { type Database, toStoredEvent } from '@sc/platform/database';
import { UnrecoverableJobError } from '@sc/platform/jobs';
import { type Kysely, sql } from 'kysely';

/** A stored event whose payload's type follows from its name. */
export type AnyEvent = { [T in EventType]: StoredEvent<T> & { type: T; payload: EventPayloadOf<T> } }[EventType];

/** @throws UnrecoverableJobError when there is no such event: another attempt would not find it */
export async function readEvent(db: Kysely<Database>, eventId: string): Promise<AnyEvent> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', eventId).executeTakeFirst();
  if (!row) throw new UnrecoverableJobError(`no event with the id ${eventId}`);
  return toStoredEvent(row) as AnyEvent;
}

/** Those of them that there are. */
export async function readEvents(db: Kysely<Database>, eventIds: readonly string[]): Promise<AnyEvent[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where(sql<boolean>`id = any(${eventIds}::uuid[])`)
    .orderBy('position')
    .execute();
  return rows.map((row) => toStoredEvent(row) as AnyEvent);
}
