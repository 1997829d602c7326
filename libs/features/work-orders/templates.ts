import type { CaseItem, Severity } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Port: what an order asks for. The first two answer from memory: they are asked for every alarm of a storm. */
export interface WorkOrderTemplates {
  /** `undefined` for a domain this program does not know. */
  of(domain: string, severity: Severity): CaseItem | undefined;
  /** The kind of work in use of this name and, where alarms are its matter, whose it is; a rule may ask for one of another domain. */
  named(category: string): { domain: string | undefined; template: CaseItem } | undefined;
  /** What a new case of this kind asks for, where its area has it. @param areaPath ids from the root down to the area of the case */
  usableIn(category: string, areaPath: readonly string[], db: Kysely<Database>): Promise<CaseItem | undefined>;
}

export const WORK_ORDER_TEMPLATES = Symbol('WorkOrderTemplates');
