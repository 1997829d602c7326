import type { CatalogueDraft, CatalogueState } from '@sc/contracts';
import type { EntryWrite } from './catalogue-writing.js';
import { isSameDraft } from './catalogue-writing.js';
import { draftOf, type EntryRow } from './entry.js';
import type { Scope } from './scope.js';

/** A new entry: in force, or waiting for somebody else. A branch holds others and asks for nothing: it needs no admission. */
export function addition(
  scope: Scope,
  draft: CatalogueDraft,
  { at, reason, state }: { at: Date; reason?: string | undefined; state?: CatalogueState | undefined },
): EntryWrite {
  const becomes = draft.asked === null || scope.admitsAlone ? (state ?? 'active') : 'proposed';
  const proposed = becomes === 'proposed';
  return {
    draft,
    state: becomes,
    before: undefined,
    change: proposed ? 'proposed' : 'added',
    set: proposed ? { proposedBy: scope.person.id, proposedAt: at, reason: reason ?? null } : {},
    note: reason,
  };
}

/** `undefined`: nothing changes. Who changes what waits has proposed it; what was refused waits again. */
export function edit(
  scope: Scope,
  before: EntryRow,
  draft: CatalogueDraft,
  { at, reason, state = before.state }: { at: Date; reason?: string | undefined; state?: CatalogueState | undefined },
): EntryWrite | undefined {
  const same = isSameDraft(draftOf(before), draft);
  if (same && state === before.state) return undefined;
  if (same) return { draft, state, before, change: state === 'retired' ? 'retired' : 'returned', note: reason };
  const waits = state === 'proposed' || state === 'refused';
  return {
    draft,
    state: waits ? 'proposed' : state,
    before,
    change: state === 'refused' ? 'proposed' : 'edited',
    set: {
      changed: true,
      ...(waits ? { proposedBy: scope.person.id, proposedAt: at, reason: reason ?? before.reason } : {}),
      ...(waits ? { decidedBy: null, decidedAt: null, decisionNote: null } : {}),
    },
    note: reason,
  };
}
