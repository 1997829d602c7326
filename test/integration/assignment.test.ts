import { randomUUID } from 'node:crypto';
import type { ChainStep, Person, Role } from '@sc/contracts';
import { AlarmsService } from '@sc/features/alarms';
import { Directory } from '@sc/features/directory';
import { EscalationChains } from '@sc/features/escalation';
import { json } from '@sc/platform/database';
import { AcknowledgementSweep } from '../../libs/features/alarms/acknowledgement-sweep.js';
import { EscalationReadModel } from '../../libs/features/escalation/http/escalation-read-model.js';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

let d: TestDispatch;
let chains: EscalationChains;
beforeAll(async () => {
  d = await startDispatch();
  chains = d.module.get(EscalationChains, { strict: false });
});
afterAll(() => d.stop());
afterEach(async () => {
  await d.relay();
  for (const table of [
    'workOrderSteps',
    'workOrderCandidates',
    'notifications',
    'workOrders',
    'alarmSteps',
    'alarms',
    'incidents',
    'jobs',
    'escalationChains',
    'teams',
    'leave',
    'shifts',
    'people',
    'skills',
  ] as const)
    await d.db.deleteFrom(table).execute();
});

const person = async (role: Role, areaId: string, shift?: string): Promise<Person> => {
  const id = await aPerson(d.db, { role, areaId });
  if (shift) await aShift(d.db, id, shift);
  return d.personById(id);
};
const toldOf = async (kind: string) => {
  const rows = await d.db.selectFrom('notifications').select('personId').where('kind', '=', kind).execute();
  return rows.map(({ personId }) => personId).sort();
};
const ids = (...people: Person[]) => people.map(({ id }) => id).sort();
const wait = async (minutes: number) => {
  d.clock.advance(minutes * 60_000);
  await d.run();
};
const escalations = async () => {
  const rows = await d.db
    .selectFrom('workOrderSteps')
    .selectAll()
    .where('action', '=', 'escalate')
    .orderBy('id')
    .execute();
  return rows.map(({ data }) => data);
};
const mine = async (who: Person) =>
  (await d.reader.list(who, { state: 'open', assignee: 'mine', sort: 'newest', limit: 50 } as never)).items.length;

describe('danger to life', () => {
  let near: Person, far: Person, manager: Person, operator: Person;
  beforeEach(async () => {
    near = await person('officer', 'g1', 'g1');
    far = await person('officer', 'g2', 'g2');
    const away = await person('officer', 'g1', 'g1');
    manager = await person('manager', 'c1');
    operator = await person('operator', 'c1');
    const times = { startsAt: new Date(0), endsAt: new Date('2100-01-01'), createdAt: new Date(0) };
    await d.db
      .insertInto('leave')
      .values({ id: randomUUID(), personId: away.id, kind: 'sick', createdBy: manager.id, ...times })
      .execute();
    await d.raise({ severity: 'severe' });
    await d.run();
  });

  it('calls everyone on shift at once, names one of them, and says why', async () => {
    expect(await toldOf('life-safety-call')).toEqual(ids(near, far));
    expect(await d.order()).toMatchObject({ state: 'dispatched', assigneeId: near.id });
    expect([await mine(near), await mine(far)]).toEqual([1, 1]);
    const { candidates } = await d.reader.detail(operator, (await d.order()).id);
    expect(candidates).toMatchObject([
      { personId: near.id, chosen: true, reason: 'nearer-tier', facts: { who: 'everyone-on-shift', called: true } },
      { reason: 'on-leave', facts: { onLeave: true, called: false } },
      { personId: far.id, reason: 'further-tier', facts: { tier: 'community', called: true } },
    ]);
  });

  it('is theirs who accepts first; the others are told, it leaves their list, and they may read why', async () => {
    const answers = await Promise.all([d.act(far, 'accept'), d.act(near, 'accept')]);
    await d.run();
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'already-accepted' });
    const { assigneeId } = await d.order();
    const [winner, other] = assigneeId === near.id ? [near, far] : [far, near];
    expect(await toldOf('work-order-taken')).toEqual([other.id]);
    expect([await mine(winner), await mine(other)]).toEqual([1, 0]);
    expect((await d.reader.detail(other, (await d.order()).id)).assigneeId).toBe(winner.id);
  });

  it('goes to the managers when nobody accepts, and an officer who was called may still take it', async () => {
    await wait(3);
    expect(await d.order()).toMatchObject({ assigneeId: manager.id, escalationLevel: 1 });
    expect(await toldOf('work-order-escalated')).toEqual([manager.id]);
    expect(await d.act(far, 'accept')).toMatchObject({ ok: true });
  });
});

it('goes up at once when nobody is on shift: a step of the story, and the control room is told', async () => {
  const manager = await person('manager', 'c1');
  const operator = await person('operator', 'c1');
  await d.raise();
  await d.run();
  expect(await d.order()).toMatchObject({ state: 'dispatched', assigneeId: manager.id, escalationLevel: 0 });
  expect(await escalations()).toMatchObject([
    { outcome: 'nobody-on-shift', passed: ['everyone-on-shift', 'grid-officers', 'community-officers'] },
  ]);
  expect(await toldOf('work-order-escalated')).toEqual([operator.id]);
  expect(await toldOf('work-order-assigned')).toEqual([manager.id]);
});

it('asks the team first, then who has the skill though elsewhere, measured from where they were last', async () => {
  const here = await person('officer', 'g1', 'g1');
  const skilled = await person('officer', 'g2', 'g2');
  const member = await person('officer', 'g2', 'g2');
  const operator = await person('operator', 'c1');
  await d.db
    .insertInto('skills')
    .values({ slug: 'lift', title: json({ 'zh-CN': '电梯', en: 'Lift' }), createdAt: new Date(0) })
    .execute();
  await d.db
    .insertInto('personSkills')
    .values([skilled, member].map(({ id }) => ({ personId: id, skill: 'lift' })))
    .execute();
  const teamId = randomUUID();
  await d.db
    .insertInto('teams')
    .values({
      id: teamId,
      name: json({ 'zh-CN': '班组', en: 'Team' }),
      areaId: 'c1',
      contractor: false,
      createdAt: new Date(0),
    })
    .execute();
  await d.db.insertInto('teamMembers').values({ teamId, personId: member.id }).execute();
  await d.raise({ severity: 'moderate' });
  await d.run();
  const order = await d.order();
  expect(order.assigneeId).toBe(here.id);
  const limits = json({ accept: { amount: 10, unit: 'minutes' as const }, handle: null, verify: null });
  await d.db.updateTable('workOrders').set({ acceptWithinSeconds: 600, limits }).execute();
  // Given back, and by then known to be a team's work that needs a skill.
  await d.act(here, 'return', { note: 'a lift' });
  await d.db
    .updateTable('workOrders')
    .set({ skills: ['lift'], teamId, longitude: 121.4, latitude: 31.2, state: 'registered', assigneeId: null })
    .execute();
  await d.db.deleteFrom('workOrderCandidates').execute();
  await d.db
    .insertInto('workOrderSteps')
    .values({
      id: randomUUID(),
      workOrderId: order.id,
      at: new Date(d.clock.now()),
      action: 'note',
      fromState: 'registered',
      toState: 'registered',
      actorKind: 'person',
      actorId: skilled.id,
      data: json({}),
      longitude: 121.4,
      latitude: 31.201,
    })
    .execute();
  await wait(10);
  expect((await d.order()).assigneeId).toBe(member.id);
  const detail = () => d.reader.detail(operator, order.id);
  expect((await detail()).candidates).toMatchObject([{ personId: member.id, facts: { tier: 'team', who: 'team' } }]);
  await wait(10);
  expect((await detail()).candidates).toMatchObject([
    { personId: skilled.id, chosen: true, reason: 'only-one', facts: { distanceM: 111, who: 'community-officers' } },
    { personId: member.id, reason: 'already-asked' },
    { personId: here.id, reason: 'already-asked', facts: { missingSkills: ['lift'] } },
  ]);
});

describe('a chain that people lay down', () => {
  const step = (who: ChainStep['who'], more: Partial<ChainStep> = {}): ChainStep => ({
    who,
    personId: null,
    waitMinutes: null,
    times: null,
    ...more,
  });

  it('holds at its place and below, the nearest first, and is followed as it says', async () => {
    const officer = await person('officer', 'g1', 'g1');
    const chief = await person('operator', 'd1');
    const manager = await person('manager', 'c1');
    const admin = await person('admin', 'd1');
    await chains.set(admin, 'd1', 'moderate', [step('operators'), step('managers')]);
    await chains.set(manager, 'c1', 'moderate', [
      step('person', { personId: chief.id, times: 2, waitMinutes: 5 }),
      step('managers', { waitMinutes: 30 }),
    ]);
    await d.raise({ severity: 'moderate' });
    await d.run();
    const at = d.clock.now();
    expect(await d.order()).toMatchObject({ assigneeId: chief.id, acceptBy: new Date(at + 300_000) });
    await wait(5);
    expect(await d.order()).toMatchObject({ assigneeId: chief.id, escalationLevel: 1 });
    await wait(5);
    expect(await d.order()).toMatchObject({ assigneeId: manager.id, acceptBy: new Date(at + 600_000 + 1_800_000) });
    expect((await escalations()).map(({ outcome }) => outcome)).toEqual(['remind', 'assign']);
    // Taken back: those below the district follow its chain, an order under way goes on with who it is now.
    await chains.reset(manager, 'c1', 'moderate');
    await wait(30);
    expect((await d.order()).assigneeId).toBe(manager.id);
    expect(officer.id).not.toBe(manager.id);
    const told = await d.db
      .selectFrom('auditTrail')
      .select('action')
      .where('action', 'like', 'escalation.%')
      .orderBy('sequence')
      .execute();
    expect(told.map(({ action }) => action)).toEqual([
      'escalation.chain-set',
      'escalation.chain-set',
      'escalation.chain-reset',
    ]);
  });

  it('says what holds where, and from where', async () => {
    const manager = await person('manager', 'c1');
    const read = new EscalationReadModel(d.db, d.module.get(Directory, { strict: false }), chains);
    await chains.set(manager, 'c1', 'minor', [step('managers')]);
    const at = async (areaId: string) =>
      (await read.at(manager, areaId)).map(({ severity, origin }) => [severity, origin]);
    expect(await at('g1')).toContainEqual(['minor', 'inherited']);
    expect(await at('c1')).toContainEqual(['minor', 'own']);
    expect(await at('c1')).toContainEqual(['extreme', 'default']);
    await expect(read.at(manager, 'd1')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is refused when it would leave an order alone, names nobody, or lies out of sight', async () => {
    const manager = await person('manager', 'c1');
    const refused = (steps: ChainStep[], areaId = 'c1') =>
      chains.set(manager, areaId, 'extreme', steps).catch((e: unknown) => e);
    expect(await refused([step('grid-officers')])).toMatchObject({
      code: 'invalid-request',
      errors: [{ path: 'steps.0.who', message: { en: expect.stringContaining('managers') as string } }],
    });
    expect(await refused([step('managers', { waitMinutes: 60 })])).toMatchObject({
      errors: [{ path: 'steps.0.waitMinutes' }],
    });
    const nobody = [step('person', { personId: randomUUID() }), step('managers')];
    expect(await refused(nobody)).toMatchObject({ errors: [{ path: 'steps.0.personId' }] });
    expect(await refused([step('managers')], 'd1')).toMatchObject({ code: 'not-found' });
    expect(await d.db.selectFrom('escalationChains').selectAll().execute()).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  const alarms = () => d.module.get(AlarmsService, { strict: false });
  const state = async (id: string) =>
    (await d.db.selectFrom('alarms').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
  let alarm: string;
  let officer: Person;
  beforeEach(async () => {
    officer = await person('officer', 'g1', 'g1');
    const operator = await person('operator', 'c1');
    alarm = await d.raise({ severity: 'severe' });
    await d.run();
    await alarms().acknowledge(operator, alarm);
  });

  it('is taken back when the condition holds and nobody has accepted its order', async () => {
    await wait(9);
    expect(await state(alarm)).toBe('acknowledged');
    await wait(1);
    expect(await state(alarm)).toBe('unacknowledged');
    const [job] = await d.jobs('review-acknowledgement');
    await d.handle(job!);
    const steps = await d.db.selectFrom('alarmSteps').selectAll().where('action', '=', 're-alarm').execute();
    expect(steps).toMatchObject([{ toState: 'unacknowledged', actorId: 'alarms' }]);
  });

  it('stands when somebody has taken the work, or it is over', async () => {
    expect(await d.act(officer, 'accept')).toMatchObject({ ok: true });
    await wait(60);
    expect(await state(alarm)).toBe('acknowledged');
  });

  it('is taken back by the sweep when the job is gone', async () => {
    await d.db.deleteFrom('jobs').where('name', '=', 'review-acknowledgement').execute();
    await wait(11);
    expect(await state(alarm)).toBe('acknowledged');
    const sweep = d.module.get(AcknowledgementSweep, { strict: false });
    await Promise.all([sweep.sweepOnce(), sweep.sweepOnce()]);
    expect(await state(alarm)).toBe('unacknowledged');
    expect(await sweep.sweepOnce()).toBe(false);
  });
});
