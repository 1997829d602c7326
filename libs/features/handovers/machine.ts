import type { HandoverAction, HandoverState, ProblemCode, Text } from '@sc/contracts';
import { refusals } from './refusals.js';

/**
 * In what relation somebody must stand to a hand-over. `desk`: operators, managers and administrators whose area contains it;
 * `manager`: of these, who answers for the area; `giver`, `receiver`: as they were named when it was handed over.
 */
export type Party = 'desk' | 'manager' | 'giver' | 'receiver';
type Need = 'words' | 'receiver';

export interface Transition {
  from: readonly HandoverState[];
  to: HandoverState;
  by: readonly Party[];
  /** What it needs besides its person. */
  needs: readonly Need[];
}

/** Writing: notes are taken. */
const written = ['draft', 'returned'] as const satisfies readonly HandoverState[];

export const handoverMachine: Record<HandoverAction, Transition> = {
  'hand-over': { from: written, to: 'handed-over', by: ['desk'], needs: ['receiver'] },
  // Whoever was named may be ill: then somebody else is named.
  recall: { from: ['handed-over'], to: 'draft', by: ['giver', 'manager'], needs: [] },
  return: { from: ['handed-over'], to: 'returned', by: ['receiver'], needs: ['words'] },
  accept: { from: ['handed-over'], to: 'accepted', by: ['receiver'], needs: [] },
  discard: { from: written, to: 'discarded', by: ['desk'], needs: ['words'] },
};

export const isWritten = (state: HandoverState): boolean => (written as readonly HandoverState[]).includes(state);

export interface Stand {
  state: HandoverState;
  version: number;
  giverId: string | null;
  receiverId: string | null;
}
export interface Actor {
  id: string;
  /** Of the desk: an operator, manager or administrator of an area that contains it. */
  desk: boolean;
  manager: boolean;
}
export interface Move {
  action: HandoverAction;
  basedOn: number;
  receiverId?: string;
  words?: string;
}
type Decision = { ok: true; next: Stand } | { ok: false; code: ProblemCode; reason: Text };
const refuse = (code: ProblemCode, reason: Text): Decision => ({ ok: false, code, reason });

/** Whether somebody may do that now, and what it becomes. */
export function decide(stand: Stand, actor: Actor, { action, basedOn, receiverId, words }: Move): Decision {
  const { from, to, by, needs } = handoverMachine[action];
  if (!by.some((party) => isParty(party, stand, actor))) return refuse('forbidden', refusals.notForThem(action));
  // What somebody else wrote meanwhile was not read by whoever moves it on.
  if (basedOn !== stand.version) return refuse('conflict', refusals.otherVersion(stand.version, basedOn));
  if (!from.includes(stand.state)) return refuse('action-not-allowed', refusals.itIs(stand.state));
  if (needs.includes('words') && !words) return refuse('note-required', refusals.sayWhy);
  if (!needs.includes('receiver')) {
    const named = action === 'recall' ? { giverId: null, receiverId: null } : {};
    return { ok: true, next: { ...stand, ...named, state: to, version: stand.version + 1 } };
  }
  if (!receiverId) return refuse('invalid-request', refusals.nameReceiver);
  if (receiverId === actor.id) return refuse('not-assignable', refusals.toThemselves);
  return { ok: true, next: { state: to, version: stand.version + 1, giverId: actor.id, receiverId } };
}

/** What they may do with it now, without knowing with which words. */
export const allowedActions = (stand: Stand, actor: Actor): (HandoverAction | 'note')[] => [
  ...(Object.keys(handoverMachine) as HandoverAction[]).filter(
    (action) =>
      handoverMachine[action].from.includes(stand.state) &&
      handoverMachine[action].by.some((party) => isParty(party, stand, actor)),
  ),
  ...(actor.desk && isWritten(stand.state) ? (['note'] as const) : []),
];

function isParty(party: Party, { giverId, receiverId }: Stand, actor: Actor): boolean {
  // Who lost the area since they were named sees nothing of it any more.
  if (!actor.desk) return false;
  if (party === 'giver') return actor.id === giverId;
  if (party === 'receiver') return actor.id === receiverId;
  return party === 'desk' || actor.manager;
}
