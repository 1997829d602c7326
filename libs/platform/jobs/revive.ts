import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

type Over = 'done' | 'dead' | 'cancelled';
const anyhow = ['done', 'dead', 'cancelled'] as const satisfies readonly Over[];

/**
 * Jobs that are over wait again, as if they were new. The same rows: (name, subject) stays what names a step. What waits already
 * is left as it is.
 * @param over only those that ended so @returns how many
 */
export async function reviveJobs(
  db: Kysely<Database>,
  ids: readonly string[],
  at: Date,
  over: readonly Over[] = anyhow,
): Promise<number> {
  if (!ids.length) return 0;
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ state: 'pending', attempts: 0, dueAt: at, finishedAt: null, replayedAt: at, bundle: null })
    .where('id', 'in', ids)
    .where('state', 'in', over)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
