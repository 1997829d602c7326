import type { EventPayloadOf, EventType } from '@sc/contracts';
import { type Database, toStoredEvent } from '@sc/platform/database';
import { UnrecoverableJobError } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';

/** The event a job is about. @throws UnrecoverableJobError when it is not there or of another type: another attempt would not find it */
export async function readEvent<T extends EventType>(
  db: Kysely<Database>,
  eventId: string,
  type: T,
): Promise<{ payload: EventPayloadOf<T>; occurredAt: Date }> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', eventId).executeTakeFirst();
  if (row?.type !== type) throw new UnrecoverableJobError(`no ${type} with the id ${eventId}`);
  return { payload: toStoredEvent(row).payload as EventPayloadOf<T>, occurredAt: row.occurredAt };
}
