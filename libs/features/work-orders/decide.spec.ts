import { type PersonWorkOrderAction, roles, type WorkOrderState, workOrderStates } from '@sc/contracts';
import fc from 'fast-check';
import { allowedActions, type Asker, decide, type OrderFacts } from './decide.js';
import { isOpen, personActions, workOrderMachine } from './machine.js';

const anOrder = (overrides: Partial<OrderFacts> = {}): OrderFacts => ({
  state: 'dispatched',
  assigneeId: 'ann',
  handlerId: null,
  photoRequired: false,
  ...overrides,
});
const anAsker = (overrides: Partial<Asker> = {}): Asker => ({
  id: 'ann',
  role: 'officer',
  inScope: true,
  onDuty: true,
  ...overrides,
});
const proof = { note: 'seen', photos: 1 };

const ids = fc.constantFrom('ann', 'bob', 'cai');
const askers = fc.record({ id: ids, role: fc.constantFrom(...roles), inScope: fc.boolean(), onDuty: fc.boolean() });
const orders = fc.record({
  state: fc.constantFrom<WorkOrderState>(...workOrderStates),
  assigneeId: fc.option(ids),
  handlerId: fc.option(ids),
  photoRequired: fc.boolean(),
});
const actions = fc.constantFrom<PersonWorkOrderAction>(...personActions);

describe('decide', () => {
  it('allows only what the machine draws, and never the handler as judge', () => {
    fc.assert(
      fc.property(orders, actions, askers, fc.boolean(), fc.nat(2), (order, action, asker, note, photos) => {
        const decision = decide(order, action, asker, { note: note ? 'x' : undefined, photos });
        if (!decision.ok) return;
        expect(workOrderMachine[action].from).toContain(order.state);
        expect(decision.to).toBe(workOrderMachine[action].to);
        expect(isOpen(order.state)).toBe(true);
        if (action === 'verify' || action === 'rework')
          expect([order.handlerId, order.assigneeId]).not.toContain(asker.id);
        if (action === 'report' && order.photoRequired) expect(photos).toBeGreaterThan(0);
        if (['report', 'rework', 'void'].includes(action)) expect(note).toBe(true);
        if (!asker.inScope && order.assigneeId !== asker.id) expect(asker.onDuty && action === 'accept').toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('offers what it would allow', () => {
    fc.assert(
      fc.property(orders, actions, askers, (order, action, asker) => {
        expect(allowedActions(order, asker).includes(action)).toBe(decide(order, action, asker, proof).ok);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, Partial<OrderFacts>, PersonWorkOrderAction, Partial<Asker>, string]>([
    ['the loser of two who accept', { state: 'accepted', handlerId: 'bob' }, 'accept', {}, 'already-accepted'],
    ['who accepts what was voided', { state: 'voided', handlerId: 'bob' }, 'accept', {}, 'action-not-allowed'],
    ['an officer off duty', { assigneeId: 'bob' }, 'accept', { onDuty: false }, 'forbidden'],
    ['an operator who would handle', {}, 'accept', { id: 'op', role: 'operator' }, 'forbidden'],
    ['who skips the start', { state: 'accepted', handlerId: 'ann' }, 'report', {}, 'action-not-allowed'],
    ['who is not the assignee', { state: 'in-hand', assigneeId: 'bob' }, 'report', {}, 'forbidden'],
    ['the handler who verifies', { state: 'reported', handlerId: 'ann' }, 'verify', {}, 'handler-may-not-verify'],
    [
      'the assignee who verifies as admin',
      { state: 'reported', handlerId: 'bob' },
      'verify',
      { role: 'admin' },
      'handler-may-not-verify',
    ],
    [
      'a manager of elsewhere',
      { state: 'reported' },
      'verify',
      { id: 'm', role: 'manager', inScope: false },
      'forbidden',
    ],
    [
      'who voids what was verified',
      { state: 'verified' },
      'void',
      { id: 'op', role: 'operator' },
      'action-not-allowed',
    ],
  ])('refuses %s', (_, order, action, asker, code) => {
    expect(decide(anOrder(order), action, anAsker(asker), proof)).toMatchObject({ ok: false, code });
  });
});
