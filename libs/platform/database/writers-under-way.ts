import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

const pauseMs = 10;

/**
 * Waits until every transaction that is writing now has ended. One of them may have looked before something was committed and
 * write what it made of that afterwards: only then all of it can be seen. To be called outside a transaction, which would wait
 * for itself.
 * @param limitMs a long import holds up nobody for longer: what it leaves behind is found by whoever looks again
 */
export async function writersUnderWayEnd(db: Kysely<Database>, limitMs = 2_000): Promise<void> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(
    db,
  );
  const next = rows[0]?.next ?? '0';
  for (let waited = 0; waited < limitMs; waited += pauseMs) {
    const { rows: now } = await sql<{ ended: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::text::xid8 as ended`.execute(db);
    if (now[0]?.ended) return;
    await wait(pauseMs);
  }
}
