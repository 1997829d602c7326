import { isUrgent, type JobRequest } from '@sc/contracts';
import type { Assignment } from './assignment.js';
import type { WorkOrderRow } from './order-ledger.js';

/** What the story says of an attempt: ids and codes. */
export const dataOf = (found: Assignment, level: number): Record<string, unknown> => ({
  outcome: found.kind,
  level,
  ...(found.kind === 'nobody'
    ? { assigneeId: null }
    : { assigneeId: found.personId, who: found.who, ...(found.called.length ? { called: found.called.length } : {}) }),
  ...(found.passed.length ? { passed: found.passed } : {}),
});

export const escalation = (
  { id, severity }: Pick<WorkOrderRow, 'id' | 'severity'>,
  level: number,
  dueAt: number,
): JobRequest => ({
  name: 'escalate-work-order',
  subject: `${id}:${level}`,
  payload: { workOrderId: id, level },
  dueAt,
  urgent: isUrgent(severity),
});
