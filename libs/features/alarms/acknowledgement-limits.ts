import type { JobRequest, Severity } from '@sc/contracts';
import type { Moving } from './moving.js';

const minute = 60_000;

/**
 * How long an acknowledgement stands while the condition holds and nobody has taken the work: where there is danger as long
 * as a second look may wait, else so long that somebody who is busy is not called twice within the hour.
 */
export const acknowledgementHoldsMs: Readonly<Record<Severity, number>> = {
  extreme: 5 * minute,
  severe: 10 * minute,
  moderate: 60 * minute,
  minor: 240 * minute,
  unknown: 60 * minute,
};

/** It holds and asks for work: that somebody has seen it is not yet that somebody goes. */
export const mayBeForgotten = ({ state, conditionActive, workOrder }: Moving): boolean =>
  state === 'acknowledged' && conditionActive && workOrder;

export const reviewOf = ({ id: alarmId, severity }: Moving, acknowledgedAt: number): JobRequest => ({
  name: 'review-acknowledgement',
  subject: `${alarmId}:${acknowledgedAt}`,
  payload: { alarmId },
  dueAt: acknowledgedAt + acknowledgementHoldsMs[severity],
});
