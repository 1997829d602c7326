import type { CatalogueChange, CatalogueDraft, CatalogueState } from '@sc/contracts';
import { type Actor, json, type NewRow, type Transaction } from '@sc/platform/database';
import { canonical, draftOf, type EntryRow } from './entry.js';

/** An entry as it is to be stored. */
export interface EntryWrite {
  draft: CatalogueDraft;
  state: CatalogueState;
  before: EntryRow | undefined;
  change: CatalogueChange;
  /** What else of the row changes. */
  set?: Partial<Pick<EntryRow, OriginColumn>>;
  note?: string | undefined;
}
type OriginColumn =
  'defaultHash' | 'changed' | 'proposedBy' | 'proposedAt' | 'reason' | 'decidedBy' | 'decidedAt' | 'decisionNote';

/** Rows of one statement: PostgreSQL takes at most 65,535 parameters. */
const rowsPerStatement = 1000;

/** All entries by code, which nobody else changes until this transaction ends. */
export async function holdCatalogue({ db }: Transaction): Promise<Map<string, EntryRow>> {
  await db
    .updateTable('catalogueRevision')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .execute();
  return readCatalogue({ db });
}

export async function readCatalogue({ db }: Pick<Transaction, 'db'>): Promise<Map<string, EntryRow>> {
  const rows = await db.selectFrom('catalogueEntries').selectAll().execute();
  return new Map(rows.map((row) => [row.code, row]));
}

/** Stores entries, each with its audit entry of before and after, and one event for all. The caller holds the catalogue. */
export async function writeEntries(
  transaction: Transaction,
  writes: readonly EntryWrite[],
  { actor, at }: { actor: Actor; at: Date },
): Promise<void> {
  const rows = writes.map((write) => rowOf(write, at));
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    await transaction.db
      .insertInto('catalogueEntries')
      .values(rows.slice(start, start + rowsPerStatement))
      .onConflict((conflict) =>
        // Code and area are kept for ever.
        conflict.column('code').doUpdateSet(({ ref }) => ({
          parent: ref('excluded.parent'),
          title: ref('excluded.title'),
          asked: ref('excluded.asked'),
          domain: ref('excluded.domain'),
          severities: ref('excluded.severities'),
          state: ref('excluded.state'),
          version: ref('excluded.version'),
          defaultHash: ref('excluded.defaultHash'),
          changed: ref('excluded.changed'),
          proposedBy: ref('excluded.proposedBy'),
          proposedAt: ref('excluded.proposedAt'),
          reason: ref('excluded.reason'),
          decidedBy: ref('excluded.decidedBy'),
          decidedAt: ref('excluded.decidedAt'),
          decisionNote: ref('excluded.decisionNote'),
          updatedAt: ref('excluded.updatedAt'),
        })),
      )
      .execute();
  for (const { draft, state, before, change, note } of writes)
    transaction.audit({
      actor,
      action: `catalogue.${change}`,
      subjectType: 'catalogue',
      subjectId: draft.code,
      change: {
        ...(before ? { before: { ...draftOf(before), state: before.state } } : {}),
        after: { ...draft, state },
        ...(note ? { note } : {}),
      },
    });
  tellChange(transaction, writes.length === 1 ? writes[0]! : undefined);
}

export function tellChange({ emit }: Transaction, one: Pick<EntryWrite, 'draft' | 'change'> | undefined): void {
  const payload = { code: one?.draft.code ?? null, change: one?.change ?? null };
  emit({ type: 'catalogue.changed.v1', payload, areaId: null, subjectId: one?.draft.code ?? 'catalogue' });
}

export const isSameDraft = (a: CatalogueDraft, b: CatalogueDraft): boolean => canonical(a) === canonical(b);

function rowOf({ draft, state, before, set }: EntryWrite, at: Date): NewRow<'catalogueEntries'> {
  const { title, asked, alarms, ...plain } = draft;
  return {
    ...plain,
    title: json(title),
    asked: asked && json(asked),
    domain: alarms?.domain ?? null,
    severities: alarms?.severities ?? [],
    state,
    version: (before?.version ?? 0) + 1,
    defaultHash: before?.defaultHash ?? null,
    changed: before?.changed ?? false,
    proposedBy: before?.proposedBy ?? null,
    proposedAt: before?.proposedAt ?? null,
    reason: before?.reason ?? null,
    decidedBy: before?.decidedBy ?? null,
    decidedAt: before?.decidedAt ?? null,
    decisionNote: before?.decisionNote ?? null,
    ...set,
    updatedAt: at,
  };
}
