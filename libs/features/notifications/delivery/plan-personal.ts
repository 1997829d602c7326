import {
  addressKindOf,
  defaultPreferences,
  isUrgent,
  type Notification,
  type NotificationPreferences,
  type PersonalChannelKind,
  personalChannelKinds,
  type Severity,
  type StoredMessage,
} from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { orderMessage, readOrders } from '../messages/compose.js';
import type { NewDelivery } from './delivery-writer.js';

/** Somebody who was just told in the app. */
export interface Told {
  personId: string;
  eventId: string;
  kind: Notification['kind'];
  workOrderId: string;
  severity: Severity;
}

/** What those who were told of orders are told outside of the app. */
export const planPersonal = (db: Kysely<Database>, told: readonly Told[]): Promise<NewDelivery[]> =>
  planMessages(db, told, async () => {
    const orders = await readOrders(db, [...new Set(told.map(({ workOrderId }) => workOrderId))]);
    return ({ kind, workOrderId }) => {
      const order = orders.get(workOrderId);
      return order && orderMessage(kind, workOrderId, order);
    };
  });

/**
 * By which channels each of them is told too: those the person wants for this severity, that the site has, and that reach the person.
 * @param compose asked only when somebody is told
 */
export async function planMessages<T extends Pick<Told, 'personId' | 'eventId' | 'severity'>>(
  db: Kysely<Database>,
  told: readonly T[],
  compose: () => Promise<(one: T) => StoredMessage | undefined>,
): Promise<NewDelivery[]> {
  const channels = await personalChannels(db);
  if (!channels.length || !told.length) return [];
  const people = [...new Set(told.map(({ personId }) => personId))];
  const reach = await readReach(db, people);
  if (!reach.size) return [];
  const preferences = await readPreferences(db, people);
  const messageOf = await compose();
  return told.flatMap((one) => {
    const { personId, eventId, severity } = one;
    const message = messageOf(one);
    if (!message) return [];
    const wanted: readonly string[] = (preferences.get(personId) ?? defaultPreferences.channels)[severity];
    const able = channels.filter(({ kind }) => reach.get(personId)?.has(kind as PersonalChannelKind));
    const chosen = able.filter(({ kind }) => wanted.includes(kind));
    // danger is told by whatever there is, before it is told by nothing
    const used = chosen.length || !isUrgent(severity) ? chosen : able;
    return used.map((channel) => ({
      channel,
      personId,
      eventId,
      severity,
      message,
    }));
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
