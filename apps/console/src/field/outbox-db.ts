import { Dexie, type EntityTable } from 'dexie';
import { fieldDbName } from './first-paint/asked.js';
import type { OutboxItem } from './outbox-items.js';

export interface CachedAnswer {
  key: string;
  savedAt: number;
  value: unknown;
}

/** A part of a form that is being filled in: the camera may end this page at any moment. */
export interface Draft {
  key: string;
  savedAt: number;
  value: unknown;
}

class FieldDatabase extends Dexie {
  outbox!: EntityTable<OutboxItem, 'requestId'>;
  cache!: EntityTable<CachedAnswer, 'key'>;
  drafts!: EntityTable<Draft, 'key'>;

  constructor() {
    super(fieldDbName);
    this.version(1).stores({ outbox: 'requestId, personId, createdAt', cache: 'key' });
    this.version(2).stores({ cache: 'key, savedAt', drafts: 'key, savedAt' });
  }
}

export const fieldDb = new FieldDatabase();

/** What nobody looked at for so long is no help any more; what waits to be sent has no end. */
const keptMs = 30 * 86_400_000;

/** Copies and drafts do not grow for ever. */
export async function forgetOldCopies(now = Date.now()): Promise<void> {
  for (const table of [fieldDb.cache, fieldDb.drafts])
    await table
      .where('savedAt')
      .below(now - keptMs)
      .delete();
}

/** Who logs out leaves no names and places to whoever takes the phone next; what is not sent yet, and drafts, stay. */
export const forgetCopies = (): Promise<void> => fieldDb.cache.clear().catch(() => undefined);
