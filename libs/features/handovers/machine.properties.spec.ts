import { finalHandoverStates, handoverActions, type HandoverState, handoverStates } from '@sc/contracts';
import fc from 'fast-check';
import { type Actor, allowedActions, decide, handoverMachine, isWritten, type Move, type Stand } from './machine.js';

const transitions = Object.values(handoverMachine);
const after = (state: HandoverState) => transitions.filter(({ from }) => from.includes(state)).map(({ to }) => to);
const reachable = (from: HandoverState): Set<HandoverState> => {
  const seen = new Set([from]);
  for (const state of seen) for (const next of after(state)) seen.add(next);
  return seen;
};

const ids = ['ann', 'bob', 'cai'] as const;
const people: fc.Arbitrary<Actor> = fc.record({
  id: fc.constantFrom(...ids),
  desk: fc.boolean(),
  manager: fc.boolean(),
});
const moves: fc.Arbitrary<Move & { late: number; actor: Actor }> = fc.record(
  {
    action: fc.constantFrom(...handoverActions),
    basedOn: fc.constant(0),
    receiverId: fc.constantFrom(...ids),
    words: fc.constantFrom('', 'read it'),
    /** How many versions ago they looked. */
    late: fc.constantFrom(0, 0, 0, 1),
    actor: people,
  },
  { requiredKeys: ['action', 'basedOn', 'late', 'actor'] },
);
const draft: Stand = { state: 'draft', version: 1, giverId: null, receiverId: null };

describe('the life of a hand-over', () => {
  it('reaches every state from a draft, leads from every open one to accepted, and nowhere from an ended one', () => {
    expect([...reachable('draft')].sort()).toEqual([...handoverStates].sort());
    for (const state of handoverStates)
      if (finalHandoverStates.has(state)) expect(after(state)).toEqual([]);
      else expect(reachable(state)).toContain('accepted');
  });

  it('is accepted by whoever received it from somebody else, whatever people try in whatever order', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 30 }), (tried) => {
        let stand = draft;
        for (const { late, actor, ...move } of tried) {
          const before = stand;
          const decision = decide(stand, actor, { ...move, basedOn: stand.version - late });
          // What is offered and what is done agree, apart from what the request itself says.
          const offered = allowedActions(before, actor).includes(move.action);
          if (!decision.ok) {
            const ofRequest = ['conflict', 'note-required', 'invalid-request', 'not-assignable'];
            if (offered) expect(ofRequest).toContain(decision.code);
            continue;
          }
          expect([offered, late, finalHandoverStates.has(before.state)]).toEqual([true, 0, false]);
          stand = decision.next;
          expect(stand.version).toBe(before.version + 1);
          if (stand.state === 'handed-over')
            expect([stand.giverId, stand.giverId === stand.receiverId]).toEqual([actor.id, false]);
          if (stand.state === 'accepted') {
            expect(before.state).toBe('handed-over');
            expect([actor.id, stand.giverId]).toEqual([before.receiverId, before.giverId]);
          }
          if (isWritten(before.state)) expect(['handed-over', 'discarded']).toContain(stand.state);
        }
      }),
    );
  });

  it('takes remarks only while it is written, and only of the desk', () => {
    fc.assert(
      fc.property(fc.constantFrom(...handoverStates), people, (state, actor) => {
        const stand: Stand = { state, version: 3, giverId: 'ann', receiverId: 'bob' };
        expect(allowedActions(stand, actor).includes('note')).toBe(actor.desk && isWritten(state));
        if (!actor.desk) expect(allowedActions(stand, actor)).toEqual([]);
      }),
    );
  });
});
