import { isUrgent, type Severity } from '@sc/contracts';
import { domainByName, domains } from '@sc/domains';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { sharedCause } from './matter.js';

interface Case {
  id: string;
  category: string;
  severity: Severity;
  incidentId?: string | null | undefined;
}

/** Kinds of work that come with the domains, and whether lives may be in danger there. */
const known = new Map(
  domains.flatMap(({ lifeSafety, workOrders }) => workOrders.map(({ category }) => [category, lifeSafety] as const)),
);

/**
 * Which of these orders are about danger to life: grave ones of a domain of life safety. A kind of work that people made
 * themselves is as its incident's domain; silence of many devices is not, however grave.
 */
export async function dangersToLife(db: Kysely<Database>, orders: readonly Case[]): Promise<Set<string>> {
  const grave = orders.filter(({ severity, category }) => isUrgent(severity) && category !== sharedCause.category);
  const own = grave.filter(({ category, incidentId }) => !known.has(category) && incidentId);
  const ids = own.flatMap(({ incidentId }) => incidentId ?? []);
  const rows = ids.length
    ? await db
        .selectFrom('incidents')
        .select(['id', 'domain'])
        .where(sql<boolean>`id = any(${ids}::uuid[])`)
        .execute()
    : [];
  const domainOf = new Map(rows.map(({ id, domain }) => [id, domain]));
  const isDanger = ({ category, incidentId }: Case) =>
    known.get(category) ?? domainByName(domainOf.get(incidentId ?? '') ?? '')?.lifeSafety ?? false;
  return new Set(grave.filter(isDanger).map(({ id }) => id));
}
