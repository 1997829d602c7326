import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.js';

const dayMs = 86_400_000;
/** Long enough for a console that was asleep over a holiday to resume without a gap, and for a person to ask what happened. */
const eventsKeptMs = 14 * dayMs;
const doneJobsKeptMs = 14 * dayMs;
const securityLogKeptMs = 90 * dayMs;
/** A process that has not reported for so long is not coming back. */
const processReportsKeptMs = dayMs;
/** Small steps: each is a short transaction that nobody has to wait for. */
const step = 5_000;

/**
 * Removes what has done its duty: events and finished jobs after 14 days, the security log after 90, the last
 * words of ended processes after one. Events that a waiting or dead job still needs stay, and so do the newest event (its
 * position must never be given again to a resuming reader as "newest") and everything in the audit trail.
 * @returns how many rows went, by table
 */
export async function keepHouse(db: Kysely<Database>, now: number): Promise<Record<string, number>> {
  const before = (ageMs: number) => new Date(now - ageMs);
  return {
    outbox: await inSteps(() =>
      sql`delete from outbox where position in (
        select position from outbox o
        where occurred_at < ${before(eventsKeptMs)}
          and position <= (select coalesce(min(position), 0) from relay_cursors)
          and position < (select max(position) from outbox)
          and not exists (select from jobs where subject = o.id::text and state in ('pending', 'dead'))
        order by position limit ${step})`.execute(db),
    ),
    jobs: await inSteps(() =>
      sql`delete from jobs where id in (
        select id from jobs where state in ('done', 'cancelled') and finished_at < ${before(doneJobsKeptMs)} limit ${step})`.execute(
        db,
      ),
    ),
    securityLog: await inSteps(() =>
      sql`delete from security_log where id in (
        select id from security_log where at < ${before(securityLogKeptMs)} limit ${step})`.execute(db),
    ),
    processReports: await inSteps(() =>
      sql`delete from process_reports where instance in (
        select instance from process_reports where reported_at < ${before(processReportsKeptMs)} limit ${step})`.execute(
        db,
      ),
    ),
  };
}

async function inSteps(remove: () => Promise<{ numAffectedRows?: bigint }>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = Number((await remove()).numAffectedRows ?? 0);
    total += removed;
    if (removed < step) return total;
  }
}
