import { randomUUID } from 'node:crypto';
import type { Person } from '@sc/contracts';
import { json } from '@sc/platform/database';
import fc from 'fast-check';
import { sql } from 'kysely';
import { IncidentDecisions } from '../../libs/features/work-orders/incident-decisions.service.js';
import { aDevice, aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

let d: TestDispatch;
let decisions: IncidentDecisions;
let operator: Person;
let stranger: Person;

beforeAll(async () => {
  d = await startDispatch();
  decisions = d.module.get(IncidentDecisions, { strict: false });
  for (const grid of ['g1', 'g1', 'g2']) await aShift(d.db, await aPerson(d.db, { areaId: grid }), grid);
  operator = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'c1' }));
  stranger = await d.personById(await aPerson(d.db, { role: 'operator', areaId: 'g2' }));
}, 60_000);
afterAll(() => d.stop());

const clean = async () => {
  // What is told but not handled yet would speak of what is gone.
  await d.relay();
  await sql`truncate incidents, alarms, work_orders, jobs cascade`.execute(d.db);
};
beforeEach(clean);

const incidents = () => d.db.selectFrom('incidents').selectAll().orderBy('id').execute();
const open = async () => (await incidents()).filter(({ state }) => state === 'open');
const incidentOf = async (alarmId: string) =>
  (await d.db.selectFrom('alarms').select('incidentId').where('id', '=', alarmId).executeTakeFirstOrThrow())
    .incidentId!;
const ordersOf = (incidentId: string) =>
  d.db.selectFrom('workOrders').selectAll().where('incidentId', '=', incidentId).orderBy('sequence').execute();
const request = (more: Partial<{ requestId: string }> = {}) => ({
  requestId: randomUUID(),
  reason: 'belongs apart',
  ...more,
});
const split = (id: string, alarmIds: string[], more = {}, who = operator) =>
  decisions.split(who, id, { ...request(), alarmIds, ...more });
const merge = (id: string, incidentId: string, more = {}, who = operator) =>
  decisions.merge(who, id, { ...request(), incidentId, ...more });
const idOf = async (result: ReturnType<typeof split>): Promise<string> => {
  const done = await result;
  if (!done.ok) throw new Error(`${done.code}: ${done.reason.en}`);
  return done.incidentId;
};
const audited = async (action: string) =>
  (await d.db.selectFrom('auditTrail').selectAll().where('action', '=', action).execute()).filter(
    ({ actorId }) => actorId === operator.id,
  );

/** No alarm that holds is without an open incident, no open one that gathers twice, one open order at most. */
async function promises(): Promise<void> {
  const forgotten = await d.db
    .selectFrom('alarms')
    .leftJoin('incidents', 'incidents.id', 'alarms.incidentId')
    .select('alarms.id')
    .where('alarms.conditionActive', '=', true)
    .where(({ or, eb }) => or([eb('incidents.id', 'is', null), eb('incidents.state', '=', 'closed')]))
    .execute();
  expect(forgotten).toEqual([]);
  const gathering = (await open()).filter(({ splitFrom }) => !splitFrom);
  const keys = gathering.map(({ areaId, domain, category }) => `${areaId} ${domain} ${category}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const incident of await incidents()) {
    const orders = (await ordersOf(incident.id)).filter(({ state }) => state !== 'closed' && state !== 'voided');
    expect(orders.length).toBeLessThanOrEqual(1);
    if (incident.state === 'closed') expect(orders).toEqual([]);
    else expect(orders).toHaveLength(1);
    if (incident.mergedInto)
      expect((await incidents()).find(({ id }) => id === incident.mergedInto)?.mergedInto).toBeNull();
  }
}

describe('splitting', () => {
  it('makes an incident and an order of the chosen alarms, told in both stories, audited', async () => {
    const [stays, goes] = [await d.raise({ areaId: 'r1' }), await d.raise({ areaId: 'r2', severity: 'extreme' })];
    await d.run();
    const from = await incidentOf(stays);
    const into = await idOf(split(from, [goes]));
    expect(await incidentOf(goes)).toBe(into);
    expect(await incidentOf(stays)).toBe(from);
    expect(await ordersOf(into)).toMatchObject([{ state: 'dispatched', severity: 'extreme' }]);
    expect(await ordersOf(from)).toHaveLength(1);
    const story = await d.incidents.detail(operator, from);
    expect(story.timeline).toContainEqual(
      expect.objectContaining({ kind: 'incident', action: 'split', actorName: operator.name, note: 'belongs apart' }),
    );
    expect(await d.incidents.detail(operator, into)).toMatchObject({ splitFrom: from, alarms: [{ id: goes }] });
    expect(await audited('incident.split')).toHaveLength(1);
    await promises();
  });

  it('holds: what repeats there stays there, new conditions of the place go where they always went', async () => {
    const [stays, goes] = [await d.raise(), await d.raise()];
    await d.run();
    const from = await incidentOf(stays);
    const into = await idOf(split(from, [goes]));
    await d.clear(goes);
    await d.again(goes);
    const device = (await d.db.selectFrom('alarms').selectAll().where('id', '=', goes).executeTakeFirstOrThrow())
      .deviceId;
    await d.run();
    expect(await incidentOf(goes)).toBe(into);
    // The alarm went back to normal; a new one of the same condition is raised.
    await d.db.updateTable('alarms').set({ state: 'normal', conditionActive: false }).where('id', '=', goes).execute();
    const again = await d.raise({ deviceId: device });
    const other = await d.raise();
    await d.run();
    expect(await incidentOf(again)).toBe(into);
    expect(await incidentOf(other)).toBe(from);
    await promises();
  });

  it('is asked twice and done once; another request under its name is refused', async () => {
    const [stays, goes] = [await d.raise(), await d.raise()];
    await d.run();
    const from = await incidentOf(stays);
    const requestId = randomUUID();
    const first = await idOf(split(from, [goes], { requestId }));
    expect(await idOf(split(from, [goes], { requestId }))).toBe(first);
    expect(await incidents()).toHaveLength(2);
    expect(await merge(from, first, { requestId })).toMatchObject({ ok: false, code: 'conflict' });
  });

  it('refuses to empty an incident, alarms of others, what is closed and who may not see it', async () => {
    const [one, two] = [await d.raise(), await d.raise({ areaId: 'b2' })];
    await d.run();
    const [mine, theirs] = [await incidentOf(one), await incidentOf(two)];
    expect(await split(mine, [one])).toMatchObject({ ok: false, code: 'invalid-request' });
    expect(await split(mine, [two])).toMatchObject({ ok: false, code: 'invalid-request' });
    expect(await split(randomUUID(), [one])).toMatchObject({ ok: false, code: 'not-found' });
    expect(await split(mine, [one], {}, stranger)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await merge(theirs, mine, {}, stranger)).toMatchObject({ ok: false, code: 'not-found' });
    await d.db.updateTable('incidents').set({ state: 'closed' }).where('id', '=', mine).execute();
    expect(await split(mine, [one])).toMatchObject({ ok: false, code: 'conflict' });
  });
});

describe('merging', () => {
  it('leaves one order, ends the other as its duplicate and tells its holder; both pages tell the whole story', async () => {
    const [one, two] = [await d.raise({ areaId: 'r1', severity: 'extreme' }), await d.raise({ areaId: 'b2' })];
    await d.run();
    const [into, from] = [await incidentOf(one), await incidentOf(two)];
    const [duplicate] = await ordersOf(from);
    await d.db
      .insertInto('attachments')
      .values({
        id: randomUUID(),
        workOrderId: duplicate!.id,
        mediaType: 'image/png',
        bytes: 1,
        sha256: Buffer.from('x'),
        uploadedBy: operator.id,
        uploadedAt: new Date(0),
      })
      .execute();
    const requestId = randomUUID();
    expect(await merge(into, from, { requestId })).toEqual({ ok: true, incidentId: into });
    expect(await merge(into, from, { requestId })).toEqual({ ok: true, incidentId: into });
    await d.run();
    const [remaining] = await ordersOf(into);
    expect(remaining).toMatchObject({ state: 'dispatched', severity: 'extreme' });
    expect(await ordersOf(from)).toMatchObject([{ state: 'voided', duplicateOf: remaining!.id }]);
    const told = await d.db.selectFrom('notifications').selectAll().where('kind', '=', 'work-order-merged').execute();
    expect(told).toMatchObject([{ personId: duplicate!.assigneeId, workOrderId: duplicate!.id }]);
    expect(await d.reader.detail(operator, duplicate!.id)).toMatchObject({
      duplicateOf: { id: remaining!.id },
      attachments: [{ uploadedBy: operator.name }],
    });
    for (const page of [await d.incidents.detail(operator, into), await d.incidents.detail(operator, from)]) {
      expect(page.alarms.map(({ id }) => id).toSorted()).toEqual([one, two].toSorted());
      expect(page.workOrders.map(({ id }) => id)).toEqual([remaining!.id, duplicate!.id]);
      expect(page.timeline).toContainEqual(expect.objectContaining({ kind: 'incident', action: 'merge' }));
      expect(page.timeline).toContainEqual(expect.objectContaining({ action: 'merge', note: 'belongs apart' }));
    }
    expect(await d.incidents.detail(operator, from)).toMatchObject({ mergedInto: into, state: 'closed' });
    expect(await audited('incident.merged')).toHaveLength(1);
    await promises();
  });

  it('holds: a new alarm of the merged place joins the one that remained, also after that was merged again', async () => {
    const alarms = [await d.raise(), await d.raise({ areaId: 'b2' }), await d.raise({ areaId: 'g1' })];
    await d.run();
    const [first, second, third] = await Promise.all(alarms.map(incidentOf));
    await idOf(merge(second!, first!));
    const joins = await d.raise({ areaId: 'r2' });
    await d.run();
    expect(await incidentOf(joins)).toBe(second);
    await idOf(merge(third!, second!));
    const late = await d.raise({ areaId: 'r1' });
    const later = await d.raise({ areaId: 'b2' });
    await d.run();
    expect([await incidentOf(late), await incidentOf(later)]).toEqual([third, third]);
    expect((await open()).map(({ id }) => id)).toEqual([third]);
    await promises();
    // When it is over, what begins anew is a new matter of its own place.
    await d.db.updateTable('workOrders').set({ state: 'closed' }).execute();
    await d.db.updateTable('incidents').set({ state: 'closed' }).execute();
    await d.db.updateTable('alarms').set({ conditionActive: false, state: 'normal' }).execute();
    const anew = await d.raise();
    await d.run();
    expect(await open()).toMatchObject([{ id: await incidentOf(anew), areaId: 'b1' }]);
  });

  it('undoes a split, and what was split off by hand then joins again', async () => {
    const [stays, goes] = [await d.raise(), await d.raise()];
    await d.run();
    const from = await incidentOf(stays);
    const into = await idOf(split(from, [goes]));
    await idOf(merge(from, into));
    await d.clear(goes);
    await d.again(goes);
    await d.run();
    expect(await incidentOf(goes)).toBe(from);
    await promises();
  });

  it('never ends the order of a fire as the duplicate of a lesser one', async () => {
    const [fire, battery] = [await d.raise({ severity: 'extreme' }), await d.raise({ severity: 'minor' })];
    await d.run();
    const [grave, lesser] = [await incidentOf(fire), await incidentOf(battery)];
    expect(await merge(lesser, grave)).toMatchObject({ ok: false, code: 'conflict' });
    await idOf(merge(grave, lesser));
    expect(await ordersOf(grave)).toMatchObject([{ state: 'dispatched', category: 'fire-emergency' }]);
    await promises();
  });

  it('refuses an incident with itself, one without an order before one with, and what is closed', async () => {
    const [one, two] = [await d.raise(), await d.raise({ areaId: 'b2' })];
    await d.run();
    const [a, b] = [await incidentOf(one), await incidentOf(two)];
    expect(await merge(a, a)).toMatchObject({ ok: false, code: 'invalid-request' });
    await d.db.updateTable('workOrders').set({ state: 'closed' }).where('incidentId', '=', a).execute();
    expect(await merge(a, b)).toMatchObject({ ok: false, code: 'conflict' });
    await d.db.updateTable('incidents').set({ state: 'closed' }).where('id', '=', a).execute();
    expect(await merge(b, a)).toMatchObject({ ok: false, code: 'conflict' });
  });
});

describe('devices of several domains that fall silent together', () => {
  let count = 0;
  const silence = async (domain: string, lastTs = d.clock.now(), areaId = 'r1') => {
    const deviceId = await aDevice(d.db, { id: `c1/quiet-${(count += 1)}`, domain, areaId });
    const alarm = await d.raise({ deviceId, areaId, severity: 'minor' });
    await d.db
      .updateTable('alarms')
      .set({ domain, cause: json({ kind: 'silence', lastTs, afterMs: 60_000 }) })
      .where('id', '=', alarm)
      .execute();
    return alarm;
  };

  it('are one incident with its probable cause, whose order calls in those that nobody has accepted', async () => {
    const [first, second] = [await silence('fire'), await silence('fire')];
    await d.run();
    const early = await incidentOf(first);
    const third = await silence('access');
    await d.run();
    const shared = await incidentOf(third);
    expect([await incidentOf(first), await incidentOf(second)]).toEqual([shared, shared]);
    expect((await incidents()).find(({ id }) => id === early)).toMatchObject({ state: 'closed', mergedInto: shared });
    expect(await d.incidents.detail(operator, shared)).toMatchObject({
      domain: 'infrastructure',
      category: 'power-or-network',
      probableCause: 'power-or-network',
    });
    expect(await ordersOf(shared)).toMatchObject([{ category: 'power-or-network', state: 'dispatched' }]);
    // Heard again and silent again while the others are back: it stays with them.
    for (const alarm of [first, second]) await d.clear(alarm);
    await d.again(third);
    await d.run();
    expect(await incidentOf(third)).toBe(shared);
    await promises();
  });

  it('leave alone what somebody has accepted, and what fell silent at another time', async () => {
    const [taken] = [await silence('fire'), await silence('fire')];
    await d.run();
    const officer = await d.personById((await d.order()).assigneeId!);
    expect(await d.act(officer, 'accept')).toMatchObject({ ok: true });
    await silence('access', d.clock.now() - 7_200_000);
    await d.run();
    expect((await open()).map(({ category }) => category).filter((one) => one === 'power-or-network')).toEqual([]);
    const together = await silence('access');
    await d.run();
    expect(await incidentOf(taken!)).not.toBe(await incidentOf(together));
    await promises();
  });
});

type Move =
  | { do: 'raise'; place: string; severity: 'severe' | 'minor' }
  | { do: 'again' | 'clear' | 'split'; which: number }
  | { do: 'merge'; which: number; other: number };
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant('raise' as const),
    place: fc.constantFrom('r1', 'r2', 'b2'),
    severity: fc.constantFrom('severe' as const, 'minor' as const),
  }),
  fc.record({ do: fc.constantFrom('again' as const, 'clear' as const, 'split' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('merge' as const), which: fc.nat(9), other: fc.nat(9) }),
);

it('no race of people with new alarms loses an alarm, doubles an order or leaves two that gather one matter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(moves, { minLength: 2, maxLength: 6 }), { maxLength: 2 }), async (rounds) => {
      const alarms = [
        await d.raise(),
        await d.raise({ areaId: 'b2' }),
        await d.raise({ areaId: 'r2', severity: 'minor' }),
      ];
      await d.run();
      for (const round of rounds) {
        const known = [...alarms];
        const at = (index: number) => known[index % known.length]!;
        const one = async (move: Move): Promise<void> => {
          if (move.do === 'raise') alarms.push(await d.raise({ areaId: move.place, severity: move.severity }));
          else if (move.do === 'again') await d.again(at(move.which));
          else if (move.do === 'clear') await d.clear(at(move.which));
          else if (move.do === 'split') await split(await incidentOf(at(move.which)), [at(move.which)]);
          else if (move.do === 'merge') await merge(await incidentOf(at(move.which)), await incidentOf(at(move.other)));
        };
        // All at once, with the handlers of what came before.
        await Promise.all([...round.map(one), d.run(3)]);
        await d.run(3);
        await promises();
      }
      await clean();
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);
