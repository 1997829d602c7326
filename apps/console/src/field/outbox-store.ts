import type { OutboxStore } from './drain.js';
import { fieldDb, type OutboxCase, type OutboxItem, type OutboxStep } from './outbox-db.js';
import { newRequestId } from '../lib/request-id.js';
import { hereNow, longestWaitMs, mayLocate } from './position.js';
import { draftKey } from './use-draft.js';

type Given = 'requestId' | 'personId' | 'createdAt' | 'state' | 'problem' | 'position' | 'locatingUntil';
/** What somebody wants done, before it has a place in the outbox. */
export type Kept = Omit<OutboxStep, Given> | Omit<OutboxCase, Given>;

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
    const item: OutboxItem = {
      ...what,
      requestId: newRequestId(),
      personId,
      createdAt: Math.max(now, (last?.createdAt ?? 0) + 1),
      state: 'waiting',
      ...(mayLocate(personId) ? { locatingUntil: now + longestWaitMs } : {}),
    };
    await fieldDb.outbox.add(item);
    if (form) await fieldDb.drafts.where('key').startsWith(draftKey(personId, form)).delete();
    return item;
  });
}

/** Adds where it was done, as soon as the phone knows it, or lets it go without. */
export async function locate(personId: string, requestId: string): Promise<void> {
  if (!mayLocate(personId)) return;
  const position = await hereNow(personId);
  await fieldDb.outbox.update(requestId, { ...(position ? { position } : {}), locatingUntil: undefined });
}

/** To be sent once more. */
export const released = async (requestId: string): Promise<void> =>
  void (await fieldDb.outbox.update(requestId, { state: 'waiting', problem: undefined }));

/** The form of an order in which a step is filled in. */
export const stepForm = (workOrderId: string, action: string): string => `${workOrderId}/${action}`;
export const caseForm = 'case';

/** From the outbox back into its form: nothing that was written or taken is lost by a refusal. */
export async function takeBack(personId: string, item: OutboxItem): Promise<void> {
  const form = item.kind === 'case' ? caseForm : stepForm(item.workOrderId, item.action);
  const of = (...kinds: (string | undefined)[]) => item.photos.filter(({ kind }) => kinds.includes(kind));
  const parts: Record<string, unknown> =
    item.kind === 'case'
      ? { ...item.body, photos: item.photos }
      : {
          note: item.note ?? '',
          before: fresh(of('before')),
          after: fresh(of('after', 'other', undefined)),
          voice: of('voice')[0]?.blob,
        };
  await fieldDb.transaction('rw', fieldDb.outbox, fieldDb.drafts, async () => {
    const savedAt = Date.now();
    for (const [part, value] of Object.entries(parts))
      if (value !== undefined) await fieldDb.drafts.put({ key: `${draftKey(personId, form)}${part}`, savedAt, value });
    await fieldDb.outbox.delete(item.requestId);
  });
}

/** Uploaded once already, but for a step that was refused: the platform knows a photo by its content. */
const fresh = (photos: OutboxItem['photos']) => photos.map(({ attachmentId: _, ...photo }) => photo);
