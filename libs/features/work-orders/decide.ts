import type { PersonWorkOrderAction, ProblemCode, Role, WorkOrderState } from '@sc/contracts';
import { awaitingAcceptance, personActions, type Transition, type Who, workOrderMachine } from './machine.js';

/** What of an order a decision rests on. */
export interface OrderFacts {
  state: WorkOrderState;
  assigneeId: string | null;
  handlerId: string | null;
  photoRequired: boolean;
}

/** How the asking person stands to that order. */
export interface Asker {
  id: string;
  role: Role;
  /** The order lies in the area of the person's role. */
  inScope: boolean;
  /** The person is on shift where the order is. */
  onDuty: boolean;
}

export interface Proof {
  note?: string | undefined;
  photos: number;
}

type Refusal = {
  ok: false;
  code: Extract<
    ProblemCode,
    | 'action-not-allowed'
    | 'already-accepted'
    | 'forbidden'
    | 'handler-may-not-verify'
    | 'note-required'
    | 'photo-required'
  >;
  message: string;
};
export type Decision = { ok: true; to: WorkOrderState } | Refusal;

const refuse = (code: Refusal['code'], message: string): Refusal => ({ ok: false, code, message });

/** May this person do this now, and where does it lead? The one place that decides; screens are told by the same function. */
export function decide(order: OrderFacts, action: PersonWorkOrderAction, asker: Asker, proof: Proof): Decision {
  const transition: Transition = workOrderMachine[action];
  const refusal = refusedByState(order, action, transition) ?? refusedByPerson(order, transition, asker);
  if (refusal) return refusal;
  if (transition.needsNote && !proof.note) return refuse('note-required', `${action} needs a note`);
  if (transition.needsPhoto && order.photoRequired && proof.photos < 1)
    return refuse('photo-required', `${action} of this order needs a photo`);
  return { ok: true, to: transition.to === 'same' ? order.state : transition.to };
}

/** What this person may do with the order now, given a note and a photo where one is needed. */
export function allowedActions(order: OrderFacts, asker: Asker): PersonWorkOrderAction[] {
  return personActions.filter((action) => decide(order, action, asker, { note: '…', photos: 1 }).ok);
}

function refusedByState(order: OrderFacts, action: PersonWorkOrderAction, transition: Transition): Refusal | undefined {
  if (transition.from.includes(order.state)) return undefined;
  const taken = action === 'accept' && order.handlerId !== null && order.state !== 'voided';
  return taken
    ? refuse('already-accepted', 'somebody has accepted this order')
    : refuse('action-not-allowed', `an order that is ${order.state} cannot be asked to ${action}`);
}

function refusedByPerson(order: OrderFacts, transition: Transition, asker: Asker): Refusal | undefined {
  if (transition.notByHandler && (asker.id === order.handlerId || asker.id === order.assigneeId))
    return refuse('handler-may-not-verify', 'who handles an order does not verify it');
  const relations: Record<Who, boolean> = {
    system: false,
    assignee: asker.id === order.assigneeId,
    'on-duty': asker.role === 'officer' && asker.onDuty,
    manager: asker.role === 'manager' && asker.inScope,
    operator: asker.role === 'operator' && asker.inScope,
    admin: asker.role === 'admin' && asker.inScope,
  };
  if (transition.by.some((who) => relations[who])) return undefined;
  return refuse('forbidden', 'this step belongs to somebody else');
}

/** Whether the order still waits for somebody to accept it. */
export const isAwaitingAcceptance = (state: WorkOrderState): boolean => awaitingAcceptance.includes(state);
