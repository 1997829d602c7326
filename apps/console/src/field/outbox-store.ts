import { newRequestId } from '../lib/request-id.js';
import type { OutboxStore } from './drain.js';
import { draftsOf } from './drafts-of.js';
import { fieldDb } from './outbox-db.js';
import {
  isCase,
  isStep,
  type OutboxAnswers,
  type OutboxCase,
  type OutboxItem,
  type OutboxScan,
  type OutboxStep,
  type OutboxWords,
} from './outbox-items.js';
import { hereNow, longestWaitMs, mayLocate } from './position.js';
import { draftKey } from './use-draft.js';

type Given = 'requestId' | 'personId' | 'createdAt' | 'state' | 'problem' | 'position' | 'locatingUntil';
/** What somebody wants done, before it has a place in the outbox. */
export type Kept =
  | Omit<OutboxStep, Given>
  | Omit<OutboxCase, Given>
  | Omit<OutboxScan, Given>
  | Omit<OutboxAnswers, Given>
  | Omit<OutboxWords, Given>;

/** The outbox of one person on this phone. */
export const outboxOf = (
  personId: string,
): OutboxStore & { find(requestId: string): Promise<OutboxItem | undefined> } => ({
  waiting: () => fieldDb.outbox.where({ personId }).sortBy('createdAt'),
  find: (requestId) => fieldDb.outbox.get(requestId),
  change: async (requestId, part) => void (await fieldDb.outbox.update(requestId, part)),
  remove: (requestId) => fieldDb.outbox.delete(requestId),
});

/**
 * On the phone before anything else happens, and its draft gone in the same transaction: a page that ends at any moment leaves
 * the draft or the intention, never both and never neither. Each stands behind the last, whatever the phone's clock does.
 */
export async function keep(personId: string, what: Kept, form?: string, now = Date.now()): Promise<OutboxItem> {
  return fieldDb.transaction('rw', fieldDb.outbox, fieldDb.drafts, async () => {
    const last = (await fieldDb.outbox.where({ personId }).sortBy('createdAt')).at(-1);
    const item = {
      ...what,
      requestId: newRequestId(),
      personId,
      createdAt: Math.max(now, (last?.createdAt ?? 0) + 1),
      state: 'waiting',
    } as OutboxItem;
    if ((isStep(item) || isCase(item)) && mayLocate(personId)) item.locatingUntil = now + longestWaitMs;
    await fieldDb.outbox.add(item);
    if (form) await fieldDb.drafts.where('key').startsWith(draftKey(personId, form)).delete();
    return item;
  });
}

/** Adds where it was done, as soon as the phone knows it, or lets it go without. Acts that send no place ask for none. */
export async function locate({ personId, requestId, ...item }: OutboxItem): Promise<void> {
  if (!('locatingUntil' in item)) return;
  const position = await hereNow(personId);
  const known: Partial<OutboxStep> = { ...(position ? { position } : {}), locatingUntil: undefined };
  await fieldDb.outbox.update(requestId, known);
}

/** To be sent once more. */
export const released = async (requestId: string): Promise<void> =>
  void (await fieldDb.outbox.update(requestId, { state: 'waiting', problem: undefined }));

/** From the outbox back into its form: nothing that was written or taken is lost by a refusal. */
export async function takeBack(personId: string, item: OutboxItem): Promise<void> {
  const { form, parts } = draftsOf(item);
  await fieldDb.transaction('rw', fieldDb.outbox, fieldDb.drafts, async () => {
    const savedAt = Date.now();
    for (const [part, value] of Object.entries(parts))
      if (value !== undefined) await fieldDb.drafts.put({ key: `${draftKey(personId, form)}${part}`, savedAt, value });
    await fieldDb.outbox.delete(item.requestId);
  });
}
