import { askedSchema, type CaseItem, type CatalogueDraft, type CatalogueState } from '@sc/contracts';
import type { Row } from '@sc/platform/database';

export type EntryRow = Row<'catalogueEntries'>;

/** What stands in the catalogue under one code: a branch, or an item with what it asks for. */
export interface Entry extends CatalogueDraft {
  state: CatalogueState;
}

export const entryOf = (row: EntryRow): Entry => ({ ...draftOf(row), state: row.state });

export const draftOf = ({ code, parent, areaId, title, asked, domain, severities }: EntryRow): CatalogueDraft => ({
  code,
  parent,
  areaId,
  title,
  asked,
  alarms: domain === null ? null : { domain, severities },
});

/** What an order of this item asks for; `undefined` for a branch and for what does not fit the schema any more. */
export function itemOf({ code, title, asked }: Pick<Entry, 'code' | 'title' | 'asked'>): CaseItem | undefined {
  const parsed = askedSchema.nullable().safeParse(asked);
  return parsed.success && parsed.data ? { category: code, title, ...parsed.data } : undefined;
}

/** Whether new cases may be of what hangs on it or is it, now or when it is admitted. */
export const isComing = ({ state }: Pick<Entry, 'state'>): boolean => state === 'active' || state === 'proposed';

/** JSON with the keys in one order: PostgreSQL keeps none. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
