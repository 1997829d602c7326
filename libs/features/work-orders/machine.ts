import type { PersonWorkOrderAction, WorkOrderAction, WorkOrderState } from '@sc/contracts';

/**
 * In what relation somebody must stand to an order. `on-duty`: an officer on shift where the order is;
 * `manager`, `operator`, `admin`: of an area that contains it; `system`: nobody may ask for it.
 */
export type Who = 'system' | 'assignee' | 'on-duty' | 'manager' | 'operator' | 'admin';

export interface Transition {
  from: readonly WorkOrderState[];
  /** `same`: a step that is told but does not move the order. */
  to: WorkOrderState | 'same';
  by: readonly Who[];
  /** Who handles never verifies (GB/T 30428). */
  notByHandler?: true;
  needsNote?: true;
  /** Only of orders whose template asks for a photo. */
  needsPhoto?: true;
}

const verifiers = ['operator', 'manager', 'admin'] as const satisfies readonly Who[];
const open = ['registered', 'dispatched', 'accepted', 'in-hand', 'reported', 'verified'] as const;

/**
 * The case flow as data. An unassigned order (nobody was on shift) may be accepted right from `registered`.
 * What is verified can only be closed: the proof was seen, so it can neither be voided nor sent back.
 */
export const workOrderMachine: Readonly<Record<Exclude<WorkOrderAction, 'register'>, Transition>> = {
  dispatch: { from: ['registered'], to: 'dispatched', by: ['system'] },
  escalate: { from: ['registered', 'dispatched'], to: 'dispatched', by: ['system'] },
  'link-alarm': { from: open, to: 'same', by: ['system'] },
  accept: { from: ['registered', 'dispatched'], to: 'accepted', by: ['assignee', 'on-duty', 'manager'] },
  start: { from: ['accepted'], to: 'in-hand', by: ['assignee'] },
  report: { from: ['in-hand'], to: 'reported', by: ['assignee'], needsNote: true, needsPhoto: true },
  verify: { from: ['reported'], to: 'verified', by: verifiers, notByHandler: true },
  /** The sensor saw that the matter is over: proof enough where the template says so, whoever was on the way. */
  'sensor-verify': {
    from: ['registered', 'dispatched', 'accepted', 'in-hand', 'reported'],
    to: 'verified',
    by: ['system'],
  },
  rework: { from: ['reported'], to: 'in-hand', by: verifiers, notByHandler: true, needsNote: true },
  close: { from: ['verified'], to: 'closed', by: [...verifiers, 'system'] },
  void: {
    from: ['registered', 'dispatched', 'accepted', 'in-hand', 'reported'],
    to: 'voided',
    by: verifiers,
    needsNote: true,
  },
  /** Its incident became part of another, whose order goes on. */
  merge: {
    from: ['registered', 'dispatched', 'accepted', 'in-hand', 'reported'],
    to: 'voided',
    by: ['system'],
  },
};

/** States in which the clock of acceptance runs: a due escalation stands behind every order in one of them. */
export const awaitingAcceptance = workOrderMachine.accept.from;

export const isOpen = (state: WorkOrderState): boolean => (open as readonly WorkOrderState[]).includes(state);

export const personActions: readonly PersonWorkOrderAction[] = [
  'accept',
  'start',
  'report',
  'verify',
  'rework',
  'close',
  'void',
];
