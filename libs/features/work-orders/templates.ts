import type { WorkOrderTemplate } from '@sc/contracts';

/** Port: what an order of a domain asks for. */
export interface WorkOrderTemplates {
  /** `undefined` for a domain this program does not know. */
  of(domain: string): WorkOrderTemplate | undefined;
}

export const WORK_ORDER_TEMPLATES = Symbol('WorkOrderTemplates');
