import type { Severity, WorkOrderTemplate } from '@sc/contracts';

/** Port: what an order for an alarm asks for. */
export interface WorkOrderTemplates {
  /** `undefined` for a domain this program does not know. */
  of(domain: string, severity: Severity): WorkOrderTemplate | undefined;
  /** The kind of work of this name, and whose it is; a rule may ask for one of another domain. */
  named(category: string): { domain: string; template: WorkOrderTemplate } | undefined;
}

export const WORK_ORDER_TEMPLATES = Symbol('WorkOrderTemplates');
