import { type PersonWorkOrderAction, roles, severities, type WorkOrderState, workOrderStates } from '@sc/contracts';
import fc from 'fast-check';
import { allowedActions, type Asker, decide, type Given, type OrderFacts, type Surroundings } from './decide.js';
import { isOpen, personActions, type Transition, workOrderMachine } from './machine.js';

const anOrder = (overrides: Partial<OrderFacts> = {}): OrderFacts => ({
  state: 'dispatched',
  severity: 'moderate',
  assigneeId: 'ann',
  handlerId: null,
  finderId: null,
  involved: [],
  suspendedFrom: null,
  photoRequired: false,
  proof: 'none',
  extension: null,
  ...overrides,
});
const anAsker = (overrides: Partial<Asker> = {}): Asker => ({
  id: 'ann',
  role: 'officer',
  inScope: true,
  onDuty: true,
  assisting: false,
  ...overrides,
});
const around = (overrides: Partial<Surroundings> = {}): Surroundings => ({
  openUrges: 0,
  openAssists: 0,
  missingAnswers: 0,
  before: 0,
  after: 0,
  ...overrides,
});
const full: Given = {
  note: 'seen',
  photos: 1,
  until: 'u',
  answerBy: 'a',
  limit: { amount: 1, unit: 'minutes' },
  personId: 'p',
  intoId: 'i',
  score: 4,
};

const ids = fc.constantFrom('ann', 'bob', 'cai');
const askers = fc.record({
  id: ids,
  role: fc.constantFrom(...roles),
  inScope: fc.boolean(),
  onDuty: fc.boolean(),
  assisting: fc.boolean(),
});
const orders: fc.Arbitrary<OrderFacts> = fc
  .record({
    state: fc.constantFrom<WorkOrderState>(...workOrderStates),
    severity: fc.constantFrom(...severities),
    assigneeId: fc.option(ids),
    handlerId: fc.option(ids),
    finderId: fc.option(ids),
    involved: fc.subarray(['ann', 'bob']),
    photoRequired: fc.boolean(),
    proof: fc.constantFrom('none' as const, 'photo' as const, 'before-and-after' as const),
    extension: fc.option(fc.constant({})),
  })
  .chain((order) =>
    fc
      .constantFrom(...workOrderMachine.suspend.from)
      .map((from) => ({ ...order, suspendedFrom: order.state === 'suspended' ? from : null })),
  );
const actions = fc.constantFrom<PersonWorkOrderAction>(...personActions);
const surroundings = fc.record({
  openUrges: fc.nat(1),
  openAssists: fc.nat(1),
  missingAnswers: fc.nat(1),
  before: fc.nat(1),
  after: fc.nat(1),
});
const givens: fc.Arbitrary<Given> = fc
  .subarray(Object.keys(full) as (keyof Given)[])
  .map((keys) => ({ photos: 0, ...Object.fromEntries(keys.map((key) => [key, full[key]])) }));

describe('decide', () => {
  it('allows only what the machine draws, with what it asks for, and never the handler as judge', () => {
    fc.assert(
      fc.property(orders, actions, askers, givens, surroundings, (order, action, asker, given, near) => {
        const decision = decide(order, action, asker, given, near);
        if (!decision.ok) return;
        const transition: Transition = workOrderMachine[action];
        expect(transition.from).toContain(order.state);
        if (transition.to === 'same') expect(decision.to).toBe(order.state);
        else expect(decision.to).toBe(transition.to === 'before' ? order.suspendedFrom : transition.to);
        expect(isOpen(order.state) || action === 'evaluate').toBe(true);
        if (transition.notByHandler) {
          expect([order.handlerId, order.assigneeId, ...order.involved]).not.toContain(asker.id);
          expect(asker.assisting).toBe(false);
        }
        if (transition.needs?.includes('note')) expect(given.note).toBeTruthy();
        if (transition.needs?.includes('proof')) {
          expect([near.openAssists, near.missingAnswers]).toEqual([0, 0]);
          if (order.proof === 'before-and-after') expect(near.before && near.after).toBeTruthy();
          else if (order.photoRequired || order.proof === 'photo') expect(given.photos).toBeGreaterThan(0);
        }
        if (action === 'suspend') expect(order.severity).not.toBe('extreme');
        if (action === 'grant-extension') expect(['manager', 'admin']).toContain(asker.role);
        const own = asker.id === order.assigneeId || asker.id === order.finderId || asker.assisting;
        if (!asker.inScope && !own) expect(asker.onDuty && action === 'accept').toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('offers what it would allow', () => {
    fc.assert(
      fc.property(orders, actions, askers, fc.nat(1), fc.nat(1), (order, action, asker, openUrges, openAssists) => {
        const proven = action === 'report' || action === 'self-handled';
        const near = around({ openUrges, openAssists: proven ? 0 : openAssists, before: 1, after: 1 });
        const offered = allowedActions(order, asker, { openUrges, openAssists }).includes(action);
        expect(offered).toBe(decide(order, action, asker, full, near).ok);
      }),
      { numRuns: 2000 },
    );
  });

  const reported = { state: 'reported', handlerId: 'ann' } as const;
  const inHand = { state: 'in-hand', handlerId: 'ann' } as const;
  it.each<[string, Partial<OrderFacts>, PersonWorkOrderAction, Partial<Asker>, string, Partial<Surroundings>?]>([
    ['the loser of two who accept', { state: 'accepted', handlerId: 'bob' }, 'accept', {}, 'already-accepted'],
    ['who accepts what was voided', { state: 'voided', handlerId: 'bob' }, 'accept', {}, 'action-not-allowed'],
    ['an officer off duty', { assigneeId: 'bob' }, 'accept', { onDuty: false }, 'forbidden'],
    ['an operator who would handle', {}, 'accept', { id: 'op', role: 'operator' }, 'forbidden'],
    ['who skips the start', { state: 'accepted', handlerId: 'ann' }, 'report', {}, 'action-not-allowed'],
    ['who is not the assignee', { state: 'in-hand', assigneeId: 'bob' }, 'report', {}, 'forbidden'],
    ['the handler who verifies', reported, 'verify', {}, 'handler-may-not-verify'],
    [
      'the assignee who verifies as admin',
      { state: 'reported', handlerId: 'bob' },
      'verify',
      { role: 'admin' },
      'handler-may-not-verify',
    ],
    [
      'a manager who had it before and gave it back',
      { state: 'reported', handlerId: 'bob', assigneeId: 'bob', involved: ['mia'] },
      'verify',
      { id: 'mia', role: 'manager' },
      'handler-may-not-verify',
    ],
    [
      'a manager who helps',
      reported,
      'verify',
      { id: 'm', role: 'manager', assisting: true },
      'handler-may-not-verify',
    ],
    ['a manager of elsewhere', reported, 'verify', { id: 'm', role: 'manager', inScope: false }, 'forbidden'],
    ['who voids what was verified', { state: 'verified' }, 'void', { id: 'o', role: 'operator' }, 'action-not-allowed'],
    ['the lead who reports while somebody helps', inHand, 'report', {}, 'assistants-open', { openAssists: 1 }],
    ['a report without its checklist', inHand, 'report', {}, 'checklist-incomplete', { missingAnswers: 1 }],
    [
      'a report without the photo of before',
      { ...inHand, proof: 'before-and-after' },
      'report',
      {},
      'photo-required',
      { after: 1 },
    ],
    ['who puts off danger to life', { severity: 'extreme' }, 'suspend', { role: 'manager' }, 'action-not-allowed'],
    [
      'a second extension before the first is answered',
      { ...inHand, extension: {} },
      'request-extension',
      {},
      'action-not-allowed',
    ],
    ['who grants what nobody asked for', inHand, 'grant-extension', { id: 'm', role: 'manager' }, 'action-not-allowed'],
    [
      'an operator who grants more time',
      { ...inHand, extension: {} },
      'grant-extension',
      { id: 'o', role: 'operator' },
      'forbidden',
    ],
    ['who releases nobody', inHand, 'release', {}, 'action-not-allowed'],
    ['an answer that nobody demanded', inHand, 'answer', {}, 'action-not-allowed'],
    ['somebody else who says solved on the spot', { finderId: 'bob' }, 'self-handled', {}, 'forbidden'],
    [
      'the evaluation of what is open',
      { state: 'verified' },
      'evaluate',
      { id: 'm', role: 'manager' },
      'action-not-allowed',
    ],
  ])('refuses %s', (_, order, action, asker, code, near) => {
    expect(decide(anOrder(order), action, anAsker(asker), full, around(near))).toMatchObject({ ok: false, code });
  });
});

/** The machine alone, walked by random people: no order ends up where nobody may do anything. */
it('leaves somebody something to do wherever an order stands', () => {
  const people: Asker[] = [
    anAsker(),
    anAsker({ id: 'bob' }),
    anAsker({ id: 'op', role: 'operator', onDuty: false }),
    anAsker({ id: 'mia', role: 'manager', onDuty: false }),
    anAsker({ id: 'ada', role: 'admin', onDuty: false }),
  ];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), actions), { maxLength: 60 }), (walk) => {
      let order = anOrder({ state: 'registered', assigneeId: null, finderId: 'bob' });
      for (const [who, action] of walk) {
        const asker = people[who]!;
        const decision = decide(order, action, asker, full, around({ openUrges: 1, before: 1, after: 1 }));
        if (!decision.ok) continue;
        const takes = action === 'accept' || action === 'self-handled';
        order = {
          ...order,
          state: decision.to,
          suspendedFrom: decision.to === 'suspended' ? order.state : null,
          ...(takes ? { assigneeId: asker.id, handlerId: asker.id, involved: [...order.involved, asker.id] } : {}),
          ...(action === 'assign' ? { assigneeId: 'ann', handlerId: null } : {}),
          ...(action === 'return' ? { assigneeId: null, handlerId: null } : {}),
          extension: action === 'request-extension' ? {} : null,
        };
        const forward = people.flatMap((one) => allowedActions(order, one)).filter((name) => name !== 'note');
        expect(forward.length > 0).toBe(order.state !== 'evaluated' && order.state !== 'voided');
        if (['accepted', 'in-hand', 'reported'].includes(order.state)) expect(order.handlerId).not.toBeNull();
      }
    }),
    { numRuns: 500 },
  );
});
