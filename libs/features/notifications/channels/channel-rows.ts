import type { ChannelScope, SiteChannel } from '@sc/contracts';
import type { Database, Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { inAppChannelId } from '../inbox/inbox.js';

/** A site has some; more than this nobody would look through. */
const most = 200;

/** Channels as the API shows them, in order of their birth. @param id of one of them */
export async function readChannels(db: Kysely<Database>, now: number, id?: string): Promise<SiteChannel[]> {
  let query = db.selectFrom('channels').selectAll().orderBy('createdAt').orderBy('id').limit(most);
  if (id) query = query.where('id', '=', id);
  const rows = await query.execute();
  const counts = await readCounts(db, new Date(now - 86_400_000));
  return rows.map((row) => toView(row, counts.get(row.id)));
}

type Counts = SiteChannel['lastDay'];

async function readCounts(db: Kysely<Database>, since: Date): Promise<Map<string, Counts>> {
  const rows = await db
    .selectFrom('deliveries')
    .select([
      'channelId',
      sql<number>`count(*) filter (where state = 'delivered')`.as('delivered'),
      sql<number>`count(*) filter (where state in ('pending', 'held'))`.as('waiting'),
      sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
    ])
    .where('channelId', 'is not', null)
    .where('createdAt', '>', since)
    .groupBy('channelId')
    .execute();
  const inApp = await db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('delivered'))
    .where('createdAt', '>', since)
    .executeTakeFirstOrThrow();
  return new Map([
    [inAppChannelId, { delivered: Number(inApp.delivered), waiting: 0, failed: 0 }],
    ...rows.map(({ channelId, ...counts }): [string, Counts] => [
      channelId!,
      { delivered: Number(counts.delivered), waiting: Number(counts.waiting), failed: Number(counts.failed) },
    ]),
  ]);
}

function toView(row: Row<'channels'>, lastDay: Counts = { delivered: 0, waiting: 0, failed: 0 }): SiteChannel {
  const { id, kind, name, enabled, settings, secretsSet, areaId, leastSeverity } = row;
  const scope = { areaId, leastSeverity, topics: row.topics as ChannelScope['topics'] };
  const times = { createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
  return { id, kind, name, enabled, settings, secretsSet, scope, lastDay, ...times };
}
