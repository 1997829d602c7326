import {
  addressKindOf,
  defaultPreferences,
  isUrgent,
  type NotificationPreferences,
  type PersonalChannelKind,
  personalChannelKinds,
} from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { NewDelivery } from './delivery-writer.js';
import type { Notice } from './notice.js';

/**
 * By which channels each of those who were told in the app is told too: those the person wants for this severity, that the site has,
 * and that reach the person.
 */
export async function planPersonal(db: Kysely<Database>, told: readonly Notice[]): Promise<NewDelivery[]> {
  if (!told.length) return [];
  const channels = await personalChannels(db);
  if (!channels.length) return [];
  const people = [...new Set(told.map(({ personId }) => personId))];
  const reach = await readReach(db, people);
  if (!reach.size) return [];
  const preferences = await readPreferences(db, people);
  return told.flatMap(({ personId, eventId, severity, message }) => {
    const wanted: readonly string[] = (preferences.get(personId) ?? defaultPreferences.channels)[severity];
    const able = channels.filter(({ kind }) => reach.get(personId)?.has(kind as PersonalChannelKind));
    const chosen = able.filter(({ kind }) => wanted.includes(kind));
    // danger is told by whatever there is, before it is told by nothing
    const used = chosen.length || !isUrgent(severity) ? chosen : able;
    return used.map((channel) => ({ channel, personId, eventId, severity, message }));
  });
}

export const personalChannels = (db: Kysely<Database>) =>
  db
    .selectFrom('channels')
    .select(['id', 'kind', 'name'])
    .where('enabled', '=', true)
    .where('kind', 'in', [...personalChannelKinds])
    .execute();

async function readPreferences(
  db: Kysely<Database>,
  people: readonly string[],
): Promise<Map<string, NotificationPreferences['channels']>> {
  const rows = await db
    .selectFrom('notificationPreferences')
    .select(['personId', 'channels'])
    .where(sql<boolean>`person_id = any(${people}::uuid[])`)
    .execute();
  return new Map(rows.map(({ personId, channels }) => [personId, channels]));
}

/** Which kinds of channels reach each of them. */
export async function readReach(
  db: Kysely<Database>,
  people: readonly string[],
): Promise<Map<string, Set<PersonalChannelKind>>> {
  const { rows } = await sql<{ personId: string; kind: string }>`
    select person_id, kind from person_addresses where person_id = any(${people}::uuid[])
    union select person_id, 'web-push' from push_subscriptions where person_id = any(${people}::uuid[])`.execute(db);
  const reach = new Map<string, Set<PersonalChannelKind>>();
  for (const { personId, kind } of rows) {
    const kinds = personalChannelKinds.filter((one) => (addressKindOf[one] ?? 'web-push') === kind);
    reach.set(personId, new Set([...(reach.get(personId) ?? []), ...kinds]));
  }
  return reach;
}
