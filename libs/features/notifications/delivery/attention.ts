import { isUrgent, type QuietHours } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { quietUntil } from '../preferences/quiet-hours.js';
import type { Notice } from './notice.js';
import { decideRelease, foldWindowMs } from './release.js';

/**
 * What is told in the app without calling for attention, by the rule that holds back and folds outside of it: it is in the record and
 * in the number on the bell, which is the one message that grows. Danger is never among it, and asks nothing here.
 */
export async function toldQuietly(
  db: Kysely<Database>,
  notices: readonly Notice[],
  now: number,
): Promise<ReadonlySet<Notice>> {
  const quiet = new Set<Notice>();
  const waiting = notices.filter(({ severity }) => !isUrgent(severity));
  if (!waiting.length) return quiet;
  const people = await readPeople(db, [...new Set(waiting.map(({ personId }) => personId))], now);
  for (const notice of waiting) {
    const person = people.get(notice.personId);
    if (!person) continue;
    const { step } = decideRelease({
      danger: false,
      isSummary: false,
      quietUntil: quietUntil(now, person.quietHours),
      releasedLately: person.lately,
    });
    if (step === 'send') person.lately += 1;
    else quiet.add(notice);
  }
  return quiet;
}

interface Reader {
  quietHours: QuietHours | null;
  lately: number;
}

async function readPeople(db: Kysely<Database>, people: readonly string[], now: number): Promise<Map<string, Reader>> {
  const { rows } = await sql<Reader & { id: string }>`
    select p.id, pref.quiet_hours, (
      select count(*)::int from notifications n
      where n.person_id = p.id and n.created_at > ${new Date(now - foldWindowMs)} and not n.quiet
        and n.severity not in ('extreme', 'severe')
    ) as lately
    from unnest(${people}::uuid[]) as p (id) left join notification_preferences pref on pref.person_id = p.id`.execute(
    db,
  );
  return new Map(rows.map(({ id, ...reader }) => [id, reader]));
}
