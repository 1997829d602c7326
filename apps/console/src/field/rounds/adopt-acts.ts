import { Dexie, type EntityTable } from 'dexie';
import { fieldDb } from '../outbox-db.js';
import type { OutboxAnswers, OutboxScan } from '../outbox-items.js';

/** Where acts of rounds waited before they shared the outbox of all else. */
const formerName = 'sc-rounds';

/**
 * Brings what an earlier version of this app left waiting into the outbox, then removes its store. Ended in between, the same acts
 * come again under the same ids: what was sent meanwhile is one at the platform all the same.
 */
export async function adoptRoundActs(): Promise<void> {
  if (!(await Dexie.exists(formerName))) return;
  const former = new Dexie(formerName) as Dexie & { acts: EntityTable<OutboxScan | OutboxAnswers, 'requestId'> };
  former.version(1).stores({ acts: 'requestId, personId, createdAt' });
  await fieldDb.outbox.bulkPut(await former.acts.toArray());
  await former.delete();
}
