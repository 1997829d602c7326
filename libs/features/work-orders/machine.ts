import {
  finalWorkOrderStates,
  type PersonWorkOrderAction,
  personWorkOrderActions,
  type WorkOrderAction,
  type WorkOrderState,
  workOrderStates,
} from '@sc/contracts';

/**
 * In what relation somebody must stand to an order. `on-duty`: an officer on shift where the order is; `finder`: who found
 * it; `assistant`: asked to help and not done; `keeper`: who has it, and of an order that nobody has the control room;
 * `manager`, `operator`, `admin`: of an area that contains it; `system`: nobody may ask for it.
 */
export type Who =
  'system' | 'assignee' | 'on-duty' | 'finder' | 'assistant' | 'keeper' | 'manager' | 'operator' | 'admin';

/** What a step needs besides its person; each is a refusal of its own where it is missing. */
export type Need =
  /** Words. */
  | 'note'
  /** Words, photos or answers of the checklist. */
  | 'something'
  /** Photos as its kind of work asks, required answers of the checklist, nobody who still helps. */
  | 'proof'
  | 'until'
  | 'answer-by'
  | 'limit'
  | 'person'
  | 'helper'
  | 'into'
  | 'score'
  /** An extension that was asked for. */
  | 'asked-extension'
  /** That nothing of the kind waits for an answer. */
  | 'no-asked-extension'
  /** An urge without an answer. */
  | 'open-urge'
  /** Somebody who still helps. */
  | 'open-assist'
  /** Not of danger to life: that is never put off. */
  | 'may-wait';

export interface Transition {
  from: readonly WorkOrderState[];
  /** `same`: a step that is told but does not move the order; `before`: where it stood when it was suspended. */
  to: WorkOrderState | 'same' | 'before';
  by: readonly Who[];
  /** Who handles never verifies, nor do those who helped (GB/T 30428). */
  notByHandler?: true;
  needs?: readonly Need[];
}

const verifiers = ['operator', 'manager', 'admin'] as const satisfies readonly Who[];
/** Before somebody has said that it is done. */
const undone = ['registered', 'dispatched', 'accepted', 'in-hand'] as const satisfies readonly WorkOrderState[];
const unverified = [...undone, 'suspended', 'reported'] as const satisfies readonly WorkOrderState[];
const open = [...unverified, 'verified'] as const satisfies readonly WorkOrderState[];
const working = ['accepted', 'in-hand'] as const satisfies readonly WorkOrderState[];

/**
 * The case flow as data. An unassigned order (nobody was on shift) may be accepted right from `registered`.
 * What is verified can only be closed: the proof was seen, so it can neither be voided nor sent back.
 */
export const workOrderMachine: Readonly<Record<Exclude<WorkOrderAction, 'register'>, Transition>> = {
  dispatch: { from: ['registered'], to: 'dispatched', by: ['system'] },
  escalate: { from: ['registered', 'dispatched'], to: 'dispatched', by: ['system'] },
  'link-alarm': { from: open, to: 'same', by: ['system'] },
  absorb: { from: open, to: 'same', by: ['system'] },
  accept: { from: ['registered', 'dispatched'], to: 'accepted', by: ['assignee', 'on-duty', 'manager'] },
  start: { from: ['accepted'], to: 'in-hand', by: ['assignee'] },
  report: { from: ['in-hand'], to: 'reported', by: ['assignee'], needs: ['note', 'proof'] },
  'self-handled': { from: ['registered', 'dispatched'], to: 'reported', by: ['finder'], needs: ['note', 'proof'] },
  verify: { from: ['reported'], to: 'verified', by: verifiers, notByHandler: true },
  /** The sensor saw that the matter is over: proof enough where the template says so, whoever was on the way. */
  'sensor-verify': { from: unverified, to: 'verified', by: ['system'] },
  rework: { from: ['reported'], to: 'in-hand', by: verifiers, notByHandler: true, needs: ['note'] },
  'sensor-rework': { from: ['reported'], to: 'in-hand', by: ['system'] },
  close: { from: ['verified'], to: 'closed', by: [...verifiers, 'system'] },
  evaluate: { from: ['closed'], to: 'evaluated', by: verifiers, notByHandler: true, needs: ['score'] },
  void: { from: unverified, to: 'voided', by: verifiers, needs: ['note'] },
  /** Another order goes on in its place; by itself where their incidents became one. */
  merge: { from: unverified, to: 'voided', by: [...verifiers, 'system'], needs: ['note', 'into'] },

  /** Back to the dispatcher, who asks the next one at once. */
  return: { from: ['dispatched', ...working], to: 'registered', by: ['assignee'], needs: ['note'] },
  assign: { from: undone, to: 'dispatched', by: verifiers, needs: ['person'] },
  suspend: { from: undone, to: 'suspended', by: verifiers, needs: ['may-wait', 'note', 'until'] },
  resume: { from: ['suspended'], to: 'before', by: [...verifiers, 'system'] },
  'request-extension': {
    from: working,
    to: 'same',
    by: ['assignee'],
    needs: ['no-asked-extension', 'note', 'limit'],
  },
  'grant-extension': {
    from: working,
    to: 'same',
    by: ['manager', 'admin'],
    notByHandler: true,
    needs: ['asked-extension'],
  },
  'refuse-extension': {
    from: working,
    to: 'same',
    by: ['manager', 'admin'],
    notByHandler: true,
    needs: ['asked-extension', 'note'],
  },
  urge: { from: unverified, to: 'same', by: verifiers, needs: ['note', 'answer-by'] },
  answer: { from: unverified, to: 'same', by: ['keeper'], needs: ['open-urge', 'note'] },
  'urge-overdue': { from: unverified, to: 'same', by: ['system'] },
  /** Of the deadline of its step: it is near, it has passed. */
  warn: { from: [...undone, 'reported', 'verified'], to: 'same', by: ['system'] },
  overdue: { from: [...undone, 'reported', 'verified'], to: 'same', by: ['system'] },
  invite: { from: undone, to: 'same', by: ['assignee', ...verifiers], needs: ['helper'] },
  'assist-done': { from: [...undone, 'suspended'], to: 'same', by: ['assistant'], needs: ['note'] },
  release: {
    from: [...undone, 'suspended'],
    to: 'same',
    by: ['assignee', ...verifiers],
    needs: ['open-assist', 'note'],
  },
  note: { from: open, to: 'same', by: ['assignee', 'assistant', 'finder', ...verifiers], needs: ['something'] },
};

/** States in which the clock of acceptance runs: a due escalation stands behind every order in one of them. */
export const awaitingAcceptance = workOrderMachine.accept.from;

export const isOpen = (state: WorkOrderState): boolean => (open as readonly WorkOrderState[]).includes(state);

/** For SQL: an order in one of these is nobody's task any more. */
export const endedStates = [...finalWorkOrderStates];
export const openStates = workOrderStates.filter(isOpen);

export const personActions: readonly PersonWorkOrderAction[] = personWorkOrderActions;
