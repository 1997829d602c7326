import { type ChainStep, isUrgent, type JobRequest } from '@sc/contracts';
import { type Assignment, isOfOfficers } from './assignment.js';
import { dispatchActor } from './dispatch-actor.js';
import type { Step, WorkOrderRow } from './order-ledger.js';

/** What the story says of an attempt: ids and codes. */
export const dataOf = (found: Assignment, level: number): Record<string, unknown> => ({
  outcome: found.kind,
  level,
  ...(found.kind === 'nobody'
    ? { assigneeId: null }
    : { assigneeId: found.personId, who: found.who, ...(found.called.length ? { called: found.called.length } : {}) }),
  ...(found.passed.length ? { passed: found.passed } : {}),
});

/** Attempts that reach nobody new are told so often in the story, and then once an hour: an ignored order stays readable. */
const repeatsTold = 10;
const tellAgainAfterMs = 3_600_000;

/** How often the story of an order says that it reaches nobody new, and when last. */
export interface Repeats {
  times: number;
  last: Date | null;
}

/** Whether the story has said often enough, and not long ago, that this order reaches nobody new. */
export const isWellKnown = ({ times, last }: Repeats, now: number): boolean =>
  times >= repeatsTold && last !== null && now - last.getTime() < tellAgainAfterMs;

/** How long the step of the chain waits where it says so; else the kind of work does. */
export function ownWait(steps: readonly ChainStep[], { at }: Assignment, now: number): Date | undefined {
  const minutes = steps[at.step]?.waitMinutes;
  return minutes ? new Date(now + minutes * 60_000) : undefined;
}

/** With no officer to ask it goes up at once: the control room is told by a step of its own. */
export const goesUpUnasked = ({ state }: Pick<WorkOrderRow, 'state'>, found: Assignment): boolean =>
  state === 'registered' && found.kind === 'assign' && !isOfOfficers(found.who) && found.passed.some(isOfOfficers);

/** An attempt, in the order's story; `quiet`: as an event alone. */
export function attempt(found: Assignment, level: number, acceptBy: Date, quiet: boolean) {
  const assigneeId = found.kind === 'nobody' ? null : found.personId;
  const called = found.kind === 'nobody' ? [] : found.called;
  return {
    action: level === 0 && assigneeId ? 'dispatch' : 'escalate',
    to: assigneeId ? 'dispatched' : 'registered',
    actor: dispatchActor,
    data: dataOf(found, level),
    quiet,
    tell: called,
    set: {
      assigneeId,
      escalationLevel: level,
      acceptBy,
      chainStep: found.at.step,
      chainTimes: found.at.times,
    },
  } satisfies Step;
}

/** Those of a storm are due at one moment, so that they are handled together: up to a second late. */
const toTheSecond = (ms: number): number => Math.ceil(ms / 1000) * 1000;

export const escalation = (
  { id, severity }: Pick<WorkOrderRow, 'id' | 'severity'>,
  level: number,
  dueAt: number,
): JobRequest => ({
  name: 'escalate-work-order',
  subject: `${id}:${level}`,
  payload: { workOrderId: id, level },
  dueAt: toTheSecond(dueAt),
  urgent: isUrgent(severity),
  together: true,
});
