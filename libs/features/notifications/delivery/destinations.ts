import { addressKindOf, type ChannelKind, type Locale, type PersonalChannelKind, reachesGroup } from '@sc/contracts';
import type { Destination } from '@sc/platform/channels';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Somewhere a message goes; a browser has an id, because a person may have several of which some are told already. */
export interface Stop {
  id?: string;
  destination: Destination;
}

/** What groups read: the language of the sites this was made for; programs get both. */
const groupLocale: Locale = 'zh-CN';

/** Where a message by this kind of channel goes; nowhere, when the person has no address for it or may not log in any more. */
export async function destinationsOf(
  db: Kysely<Database>,
  kind: ChannelKind,
  personId: string | null,
): Promise<Stop[]> {
  if (reachesGroup(kind)) return [{ destination: { to: 'group', locale: groupLocale } }];
  if (!personId) return [];
  if (kind === 'in-app') return [{ destination: { to: 'account', personId } }];
  return kind === 'web-push' ? browsersOf(db, personId) : addressOf(db, kind as PersonalChannelKind, personId);
}

async function browsersOf(db: Kysely<Database>, personId: string): Promise<Stop[]> {
  const rows = await db
    .selectFrom('pushSubscriptions as s')
    .innerJoin('people as p', 'p.id', 's.personId')
    .select(['s.id', 's.endpoint', 's.p256dh', 's.auth', 'p.locale'])
    .where('p.id', '=', personId)
    .where('p.active', '=', true)
    .execute();
  return rows.map(({ id, ...rest }) => ({ id, destination: { to: 'browser', ...rest } }));
}

async function addressOf(db: Kysely<Database>, kind: PersonalChannelKind, personId: string): Promise<Stop[]> {
  const rows = await db
    .selectFrom('personAddresses as a')
    .innerJoin('people as p', 'p.id', 'a.personId')
    .select(['a.address', 'p.locale'])
    .where('p.id', '=', personId)
    .where('p.active', '=', true)
    .where('a.kind', '=', addressKindOf[kind] ?? 'phone')
    .execute();
  return rows.map((row) => ({ destination: { to: 'person', ...row } }));
}
