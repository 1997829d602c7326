import type { CatalogueDraft, Severity } from '@sc/contracts';
import type { Actor, Transaction } from '@sc/platform/database';
import { type EntryWrite, readCatalogue, writeEntries } from '../catalogue-writing.js';
import type { EntryRow } from '../entry.js';
import { alarmKey } from '../kinds-of-work.js';
import { defaultEntries, hashOf, newerDefaultOf } from './index.js';

const actor: Actor = { kind: 'system', id: 'catalogue' };

/**
 * Adds the default entries that are missing and takes over those of which this program brings another by now, unless a person changed
 * them: then it is offered (`newerDefaultOf`). What somebody retired stays retired. Of several programs that start at once one does it.
 */
export async function seedDefaultCatalogue(transaction: Transaction, at: Date): Promise<void> {
  await transaction.db.selectFrom('catalogueRevision').select('revision').forUpdate().execute();
  const there = await readCatalogue(transaction);
  const writes = defaultWrites(there);
  if (!writes.length) return;
  await transaction.db
    .updateTable('catalogueRevision')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .execute();
  await writeEntries(transaction, writes, { actor, at });
}

export function defaultWrites(there: ReadonlyMap<string, EntryRow>): EntryWrite[] {
  return [...defaultEntries.values()].flatMap((draft): EntryWrite[] => {
    const before = there.get(draft.code);
    if (before && (before.changed || !newerDefaultOf(before))) return [];
    const state = before?.state ?? 'active';
    const change = before ? 'replaced' : 'added';
    return [{ draft: leavingTaken(draft, there), state, before, change, set: { defaultHash: hashOf(draft) } }];
  });
}

/** Alarms that a person gave to another kind of work stay with it. */
function leavingTaken(draft: CatalogueDraft, there: ReadonlyMap<string, EntryRow>): CatalogueDraft {
  if (!draft.alarms) return draft;
  const { domain } = draft.alarms;
  const taken = new Set(
    [...there.values()]
      .filter(({ code, state }) => code !== draft.code && state === 'active')
      .filter((row) => row.domain === domain && (row.changed || row.defaultHash === null))
      .flatMap(({ severities }) => severities.map((severity) => alarmKey(domain, severity))),
  );
  const severities = draft.alarms.severities.filter((severity: Severity) => !taken.has(alarmKey(domain, severity)));
  return { ...draft, alarms: severities.length ? { domain, severities } : null };
}
