import { createHash } from 'node:crypto';
import { catalogueDraftSchema, type CatalogueDraft } from '@sc/contracts';
import { domains } from '@sc/domains';
import { canonical } from '../entry.js';
import { branches } from './branches.js';
import { cleanliness } from './cleanliness.js';
import { facilities } from './facilities.js';
import { branch } from './kinds.js';
import { orderAndCare } from './order-and-care.js';

const ofDomains: CatalogueDraft[] = domains.flatMap(({ name, title, workOrders }) => [
  branch(`devices-${name}`, 'devices', title),
  ...workOrders.map(({ category, title: own, severities, ...asked }) => ({
    ...branch(category, `devices-${name}`, own),
    asked,
    alarms: { domain: name, severities },
  })),
]);

/** The catalogue that the program brings, by code, branches before what hangs on them. */
export const defaultEntries: ReadonlyMap<string, CatalogueDraft> = new Map(
  [...branches, ...ofDomains, ...cleanliness, ...facilities, ...orderAndCare].map((draft) => [
    draft.code,
    catalogueDraftSchema.parse(draft),
  ]),
);

/** Tells one default from the next without anybody counting versions. */
export const hashOf = (draft: CatalogueDraft): string =>
  createHash('sha256').update(canonical(draft)).digest('hex').slice(0, 16);

/** The default that differs from the one this entry is made of; with `orChanged` also the same one, where a person changed it. */
export function newerDefaultOf(
  row: { code: string; defaultHash: string | null },
  { orChanged = false } = {},
): CatalogueDraft | undefined {
  const draft = defaultEntries.get(row.code);
  return draft && row.defaultHash !== null && (orChanged || row.defaultHash !== hashOf(draft)) ? draft : undefined;
}
