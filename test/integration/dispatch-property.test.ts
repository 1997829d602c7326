import { randomUUID } from 'node:crypto';
import {
  isFinalWorkOrder,
  type JobName,
  type Person,
  type PersonWorkOrderAction,
  type WorkOrderActionRequest,
} from '@sc/contracts';
import fc from 'fast-check';
import { personActions, workOrderMachine, type Transition } from '../../libs/features/work-orders/machine.js';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

let d: TestDispatch;
let people: Person[];
beforeAll(async () => {
  d = await startDispatch();
  people = [];
  for (const [role, areaId, shift] of [
    ['officer', 'g1', 'g1'],
    ['officer', 'g1', 'g1'],
    ['officer', 'g2', 'g2'],
    ['operator', 'c1', undefined],
    ['manager', 'c1', undefined],
  ] as const) {
    const id = await aPerson(d.db, { role, areaId });
    if (shift) await aShift(d.db, id, shift);
    people.push(await d.personById(id));
  }
});
afterAll(() => d.stop());

type Move =
  | { do: 'act'; who: number; action: PersonWorkOrderAction; proof: boolean }
  /** One of the steps that are open to somebody: so that walks get far. */
  | { do: 'next'; pick: number }
  | { do: 'wait' | 'clear' | 'again' | 'raise' };
const moves = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('act' as const),
        who: fc.nat(4),
        action: fc.constantFrom(...personActions),
        proof: fc.boolean(),
      }),
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('next' as const), pick: fc.nat(99) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('wait', 'clear', 'again', 'raise') }) },
  ),
  { minLength: 5, maxLength: 25 },
) as fc.Arbitrary<Move[]>;

/** Asks one person after the other, beginning with whom the pick says, until somebody has something to do. */
async function open(pick: number): Promise<Extract<Move, { do: 'act' }> | undefined> {
  const { id } = await d.order();
  for (let n = 0; n < people.length; n += 1) {
    const who = (pick + n) % people.length;
    const page = { state: 'all', assignee: 'anyone', sort: 'newest', limit: 1 } as const;
    const { items } = await d.reader.list(people[who]!, page);
    const offers = items.find((item) => item.id === id)?.allowedActions ?? [];
    // A voided order ends the walk: rarely. One that only tells something leads nowhere.
    const likely = offers.filter((action) => (action !== 'void' && action !== 'note') || pick % 20 === 0);
    if (likely.length)
      return { do: 'act', who, action: likely[Math.floor(pick / people.length) % likely.length]!, proof: true };
  }
  return undefined;
}

/** What a step asks for besides words and photos. */
const detailsOf = (action: PersonWorkOrderAction): Partial<WorkOrderActionRequest> => {
  const soon = new Date(d.clock.now() + 30_000).toISOString();
  if (action === 'suspend') return { until: soon };
  if (action === 'urge') return { answerBy: soon };
  if (action === 'request-extension') return { limit: { amount: 5, unit: 'minutes' } };
  if (action === 'assign') return { personId: people[2]!.id };
  if (action === 'invite') return { personId: people[1]!.id };
  return action === 'evaluate' ? { score: 3 } : {};
};

/** What must hold of every order and incident after whatever happened. */
async function invariants(): Promise<void> {
  const orders = await d.db.selectFrom('workOrders').selectAll().execute();
  const pending = (await d.jobs()).filter(({ state }) => state === 'pending');
  const subjectsOf = (wanted: JobName) =>
    new Set(pending.filter(({ name }) => name === wanted).map(({ subject }) => subject));
  const due = subjectsOf('escalate-work-order');
  const resumes = subjectsOf('resume-work-order');
  const answers = subjectsOf('check-urge');
  const allSteps = await d.db.selectFrom('workOrderSteps').selectAll().orderBy('id').execute();
  for (const urge of await d.db.selectFrom('workOrderUrges').selectAll().execute())
    if (!urge.answeredAt && !urge.overdueAt) expect(answers.has(urge.id)).toBe(true);
  for (const order of orders) {
    const waits = order.state === 'registered' || order.state === 'dispatched';
    if (waits) expect(due.has(`${order.id}:${order.escalationLevel}`)).toBe(true);
    const stands = order.suspendedFrom ?? order.state;
    if (stands === 'registered') expect(order.assigneeId).toBeNull();
    else if (stands !== 'voided') expect(order.assigneeId).not.toBeNull();
    expect(order.closedAt !== null).toBe(isFinalWorkOrder(order.state));
    if (order.state === 'suspended') expect(resumes.has(`${order.id}:${order.resumeAt!.getTime()}`)).toBe(true);
    else expect([order.resumeAt, order.suspendedFrom]).toEqual([null, null]);
    if (order.extension) expect(['accepted', 'in-hand']).toContain(order.state);
    const steps = allSteps.filter(({ workOrderId }) => workOrderId === order.id);
    let state: string | null = null;
    const handlers: (string | null)[] = [];
    let before: string | null = null;
    for (const step of steps) {
      expect(step.fromState).toBe(state);
      if (step.action !== 'register') {
        const transition: Transition = workOrderMachine[step.action as keyof typeof workOrderMachine];
        expect(transition.from).toContain(step.fromState);
        const to = transition.to === 'same' ? step.fromState : transition.to === 'before' ? before : transition.to;
        expect([to, ...(step.action === 'escalate' ? ['registered'] : [])]).toContain(step.toState);
        if (step.actorKind === 'system') expect(transition.by).toContain('system');
      }
      if (step.action === 'suspend') before = step.fromState;
      if (step.action === 'accept' || step.action === 'assist-done') handlers.push(step.actorId);
      if (step.action === 'verify' || step.action === 'evaluate') expect(handlers).not.toContain(step.actorId);
      state = step.toState;
    }
    expect(state).toBe(order.state);
  }
  for (const incident of await d.db.selectFrom('incidents').selectAll().execute()) {
    const own = orders.filter((order) => order.incidentId === incident.id);
    const open = own.filter(({ state }) => !isFinalWorkOrder(state));
    expect(own.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThanOrEqual(1);
    if (incident.state === 'closed') expect(open).toEqual([]);
  }
  // No alarm that holds is without an open incident.
  const forgotten = await d.db
    .selectFrom('alarms')
    .leftJoin('incidents', 'incidents.id', 'alarms.incidentId')
    .select('alarms.id')
    .where('alarms.conditionActive', '=', true)
    .where(({ or, eb }) => or([eb('incidents.id', 'is', null), eb('incidents.state', '=', 'closed')]))
    .execute();
  expect(forgotten).toEqual([]);
}

it('no sequence of steps reaches an illegal state, loses a deadline or leaves an open order nobody owns', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (sequence: Move[]) => {
      for (const table of [
        'workOrderSteps',
        'workOrderCandidates',
        'notifications',
        'attachments',
        'workOrderAnswers',
        'workOrderUrges',
        'workOrderAssists',
        'workOrders',
        'alarms',
        'incidents',
        'jobs',
      ] as const)
        await d.db.deleteFrom(table).execute();
      const alarms = [await d.raise()];
      await d.run();
      for (const planned of sequence) {
        const move = planned.do === 'next' ? ((await open(planned.pick)) ?? { do: 'wait' as const }) : planned;
        if (move.do === 'act') {
          const person = people[move.who]!;
          const { id } = await d.order();
          const attachmentIds: string[] = [];
          if (move.proof && move.action === 'report') {
            const row = { id: randomUUID(), workOrderId: id, mediaType: 'image/png', bytes: 1, uploadedBy: person.id };
            attachmentIds.push(row.id);
            await d.db
              .insertInto('attachments')
              .values({ ...row, sha256: Buffer.from(row.id), uploadedAt: new Date(d.clock.now()) })
              .execute();
          }
          await d.act(person, move.action, {
            ...(move.proof ? { note: 'seen', ...detailsOf(move.action) } : {}),
            attachmentIds,
          });
        } else if (move.do === 'wait') d.clock.advance((await d.order()).acceptWithinSeconds * 1000);
        else if (move.do === 'raise') alarms.push(await d.raise({ areaId: 'r2' }));
        else if (move.do === 'clear') await d.clear(alarms.at(-1)!);
        else await d.again(alarms.at(-1)!);
        await d.run();
        await invariants();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 300_000);
