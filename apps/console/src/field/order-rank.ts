import { compareSeverity, type WorkOrder } from '@sc/contracts';

/** Urgent first: what is still to be accepted before what is in hand, then the gravest, then the one due first. */
export const byUrgency = (a: WorkOrder, b: WorkOrder): number =>
  Number(b.state === 'dispatched') - Number(a.state === 'dispatched') ||
  compareSeverity(a.severity, b.severity) ||
  (a.acceptBy ?? a.createdAt).localeCompare(b.acceptBy ?? b.createdAt);
