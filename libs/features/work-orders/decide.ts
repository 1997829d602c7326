import {
  type PersonWorkOrderAction,
  type ProblemCode,
  type Proof,
  type Role,
  type Severity,
  type Text,
  type WorkOrderActionRequest,
  type WorkOrderState,
} from '@sc/contracts';
import {
  awaitingAcceptance,
  type Need,
  personActions,
  type Transition,
  type Who,
  workOrderMachine,
} from './machine.js';
import { refusals } from './refusals.js';

/** What of an order a decision rests on. */
export interface OrderFacts {
  state: WorkOrderState;
  severity: Severity;
  assigneeId: string | null;
  handlerId: string | null;
  finderId: string | null;
  /** Everybody who ever accepted it or helped. */
  involved: readonly string[];
  suspendedFrom: WorkOrderState | null;
  photoRequired: boolean;
  proof: Proof;
  /** More time that was asked for and waits for an answer. */
  extension: object | null;
}

/** What of an order lies elsewhere: looked up when a decision is about it. */
export interface Surroundings {
  /** Of those whose answer is this person's: nobody answers themselves, but who has the order. */
  openUrges: number;
  openAssists: number;
  /** Required items of the checklist without an answer. */
  missingAnswers: number;
  /** Photos of the order that are marked so. */
  before: number;
  after: number;
}

/** What of it a page asks for. */
export type Waiting = Pick<Surroundings, 'openUrges' | 'openAssists'>;

/** How the asking person stands to that order. */
export interface Asker {
  id: string;
  role: Role;
  /** The order lies in the area of the person's role. */
  inScope: boolean;
  /** The person is on shift where the order is. */
  onDuty: boolean;
  /** Asked to help, or one of a team that was, and not done. */
  assisting: boolean;
}

/** What comes with the request. */
export type Given = Partial<Omit<WorkOrderActionRequest, 'requestId' | 'attachmentIds' | 'answers'>> & {
  photos: number;
  /** Of the checklist. */
  answers?: number;
};

type Refusal = {
  ok: false;
  code: Extract<
    ProblemCode,
    | 'action-not-allowed'
    | 'already-accepted'
    | 'assistants-open'
    | 'checklist-incomplete'
    | 'forbidden'
    | 'handler-may-not-verify'
    | 'invalid-request'
    | 'note-required'
    | 'photo-required'
  >;
  reason: Text;
};
export type Decision = { ok: true; to: WorkOrderState } | Refusal;

const refuse = (code: Refusal['code'], reason: Text): Refusal => ({ ok: false, code, reason });

/** May this person do this now, and where does it lead? The one place that decides; screens are told by the same function. */
export function decide(
  order: OrderFacts,
  action: PersonWorkOrderAction,
  asker: Asker,
  given: Given,
  around: Surroundings = nothingAround,
): Decision {
  const transition: Transition = workOrderMachine[action];
  const refusal = refusedByState(order, action, transition) ?? refusedByPerson(order, transition, asker);
  if (refusal) return refusal;
  for (const need of transition.needs ?? []) {
    const lacking = checks[need](order, given, around);
    if (lacking) return lacking;
  }
  return { ok: true, to: whereTo(order, transition) };
}

/** What this person may do with the order now, given what the step asks for. */
export function allowedActions(
  order: OrderFacts,
  asker: Asker,
  waiting: Waiting = nobodyWaits,
): PersonWorkOrderAction[] {
  return personActions.filter((action) => {
    // That somebody still helps is said when the lead reports; the page offers it nevertheless.
    const openAssists = action === 'release' ? waiting.openAssists : 0;
    const around = { ...allAround, openUrges: waiting.openUrges, openAssists };
    return decide(order, action, asker, everything, around).ok;
  });
}

/** Where a step leads from where the order stands. */
export function whereTo(order: Pick<OrderFacts, 'state' | 'suspendedFrom'>, { to }: Transition): WorkOrderState {
  if (to === 'same') return order.state;
  return to === 'before' ? (order.suspendedFrom ?? order.state) : to;
}

const nothingAround: Surroundings = { openUrges: 0, openAssists: 0, missingAnswers: 0, before: 0, after: 0 };
const nobodyWaits: Waiting = nothingAround;
const allAround: Surroundings = { ...nothingAround, before: 1, after: 1 };
const everything: Given = {
  note: '…',
  photos: 1,
  until: '…',
  answerBy: '…',
  limit: { amount: 1, unit: 'minutes' },
  personId: '…',
  intoId: '…',
  score: 5,
};

const lacks = (what: unknown, reason: Text): Refusal | undefined =>
  what === undefined ? refuse('invalid-request', reason) : undefined;

const checks: Record<Need, (order: OrderFacts, given: Given, around: Surroundings) => Refusal | undefined> = {
  note: (_, { note }) => (note ? undefined : refuse('note-required', refusals.needsNote)),
  something: (_, { note, photos, answers = 0 }) =>
    note || photos || answers ? undefined : refuse('note-required', refusals.needsSomething),
  proof: lacksProof,
  until: (_, { until }) => lacks(until, refusals.needs('until')),
  'answer-by': (_, { answerBy }) => lacks(answerBy, refusals.needs('answerBy')),
  limit: (_, { limit }) => lacks(limit, refusals.needs('limit')),
  person: (_, { personId }) => lacks(personId, refusals.needs('personId')),
  helper: (_, { personId, teamId }) =>
    (personId === undefined) === (teamId === undefined) ? refuse('invalid-request', refusals.needsHelper) : undefined,
  into: (_, { intoId }) => lacks(intoId, refusals.needs('intoId')),
  score: (_, { score }) => lacks(score, refusals.needs('score')),
  'asked-extension': ({ extension }) =>
    extension ? undefined : refuse('action-not-allowed', refusals.noMoreTimeAsked),
  'no-asked-extension': ({ extension }) =>
    extension ? refuse('action-not-allowed', refusals.moreTimeAsked) : undefined,
  'open-urge': (_, _given, { openUrges }) => (openUrges ? undefined : refuse('action-not-allowed', refusals.noUrge)),
  'open-assist': (_, _given, { openAssists }) =>
    openAssists ? undefined : refuse('action-not-allowed', refusals.helpsNobody),
  'may-wait': ({ severity }) =>
    severity === 'extreme' ? refuse('action-not-allowed', refusals.mayNotWait) : undefined,
};

function lacksProof(order: OrderFacts, { photos }: Given, around: Surroundings): Refusal | undefined {
  if (around.openAssists) return refuse('assistants-open', refusals.stillHelped);
  if (around.missingAnswers) return refuse('checklist-incomplete', refusals.needsAnswers);
  if (order.proof === 'before-and-after' && !(around.before && around.after))
    return refuse('photo-required', refusals.needsBothPhotos);
  if ((order.photoRequired || order.proof === 'photo') && order.proof !== 'before-and-after' && photos < 1)
    return refuse('photo-required', refusals.needsPhoto);
  return undefined;
}

function refusedByState(order: OrderFacts, action: PersonWorkOrderAction, transition: Transition): Refusal | undefined {
  if (transition.from.includes(order.state)) return undefined;
  const taken = action === 'accept' && order.handlerId !== null && order.state !== 'voided';
  return taken
    ? refuse('already-accepted', refusals.accepted)
    : refuse('action-not-allowed', refusals.cannotBeAsked(order.state, action));
}

function refusedByPerson(order: OrderFacts, transition: Transition, asker: Asker): Refusal | undefined {
  if (transition.notByHandler && hasHandled(order, asker)) return refuse('handler-may-not-verify', refusals.handled);
  const room = (asker.role === 'manager' || asker.role === 'operator' || asker.role === 'admin') && asker.inScope;
  const relations: Record<Who, boolean> = {
    system: false,
    assignee: asker.id === order.assigneeId,
    'on-duty': asker.role === 'officer' && asker.onDuty,
    finder: asker.id === order.finderId,
    assistant: asker.assisting,
    keeper: order.assigneeId === null ? room : asker.id === order.assigneeId,
    manager: room && asker.role === 'manager',
    operator: room && asker.role === 'operator',
    admin: room && asker.role === 'admin',
  };
  if (transition.by.some((who) => relations[who])) return undefined;
  return refuse('forbidden', refusals.ofSomebodyElse);
}

const hasHandled = (order: OrderFacts, { id, assisting }: Asker): boolean =>
  id === order.handlerId || id === order.assigneeId || assisting || order.involved.includes(id);

/** Whether the order still waits for somebody to accept it. */
export const isAwaitingAcceptance = (state: WorkOrderState): boolean => awaitingAcceptance.includes(state);
