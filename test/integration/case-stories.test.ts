import { createHash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type INestApplication, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createJobsStrategy, DispatchModule } from '@sc/apps/dispatch';
import { type PersonWorkOrderAction, type WorkOrderDetail, workOrderDetailSchema } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { unwantedJobs } from '@sc/features/notifications';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DatabaseModule, json } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { JobsModule, migrateQueue, type QueueConnection, WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import { sql } from 'kysely';
import { aDevice, aShift } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const redis = await provide('redis');
let gateway: TestGateway;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
const teamId = randomUUID();
const rule = domainByName('fire')!.rules[0]!;

beforeAll(async () => {
  gateway = await startGateway();
  const { db } = gateway.database;
  for (const [login, role, areaId] of [
    ['ann', 'officer', 'g1'],
    ['bob', 'officer', 'g1'],
    ['eve', 'officer', 'g2'],
    ['olga', 'operator', 'c1'],
    ['mia', 'manager', 'c1'],
  ] as const) {
    ids[login] = (await gateway.person(login, role, areaId)).id;
    cookies[login] = await gateway.login(login);
  }
  for (const login of ['ann', 'bob']) await aShift(db, ids[login]!, 'g1');
  await db
    .insertInto('teams')
    .values({
      id: teamId,
      name: json({ 'zh-CN': '电工组', en: 'Electricians' }),
      areaId: 'c1',
      contractor: true,
      createdAt: new Date(),
    })
    .execute();
  await db.insertInto('teamMembers').values({ teamId, personId: ids['eve']! }).execute();
  await aDevice(db);
  await db
    .insertInto('rules')
    .values({ id: rule.id, version: 1, domain: 'fire', enabled: true, updatedAt: new Date(0), definition: json(rule) })
    .execute();
}, 60_000);
afterAll(() => gateway?.stop());

describe('side flows of a case, on PostgreSQL', () =>
  theStories(() => ({ kind: 'postgres', url: gateway.database.url })));
describeWith(redis, 'side flows of a case, on Redis', ({ url, stop }) => {
  theStories(() => ({ kind: 'redis', url }));
  afterAll(() => stop());
});

function theStories(connectionOf: () => QueueConnection): void {
  let worker: INestApplication;
  beforeAll(async () => {
    worker = await startWorker(connectionOf());
  }, 60_000);
  afterAll(() => worker?.close(), 60_000);

  it('given back, it goes to the next at once and not to the same again; the same report is one case', async () => {
    const report = { key: randomUUID(), ...aReport };
    const [one, two] = await Promise.all([call('olga', 'work-orders', report), call('olga', 'work-orders', report)]);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.id).toBe(one.body.id);
    const order = workOrderDetailSchema.parse(one.body);
    expect(order).toMatchObject({
      state: 'dispatched',
      source: 'person',
      incidentId: null,
      finder: { id: ids['olga'] },
    });
    const first = nameOf(order);
    const second = first === 'ann' ? 'bob' : 'ann';
    await does(first, order, 'accept');
    const returned = await does(first, order, 'return', { note: 'I am ill', position: [121.5, 31.2] });
    expect(returned).toMatchObject({ state: 'dispatched', assigneeId: ids[second] });
    const step = returned.timeline.find(({ action }) => action === 'return')!;
    expect(step).toMatchObject({ actorName: `Name of ${first}`, note: 'I am ill', data: { position: [121.5, 31.2] } });
    // both gave it back: a manager has it, and neither of the two
    expect(await does(second, order, 'return', { note: 'so am I' })).toMatchObject({ assigneeId: ids['mia'] });
    await told('olga', order, 'work-order-returned');
  });

  it('assigned by hand it has to be accepted like any other', async () => {
    const order = await open();
    await refused('ann', order, 'assign', { personId: ids['eve'] }, 'forbidden');
    await refused('olga', order, 'assign', { personId: ids['olga'] }, 'not-assignable');
    expect(await does('olga', order, 'assign', { personId: ids['eve'] })).toMatchObject({
      assigneeName: 'Name of eve',
    });
    await told('eve', order, 'work-order-assigned');
    expect(await does('eve', order, 'accept')).toMatchObject({ state: 'accepted' });
  });

  it('given back across the border of a grid it is out of sight, and the answer is the order none the less, also to the same again', async () => {
    const order = await open();
    await does('olga', order, 'assign', { personId: ids['eve'] });
    const takenAt = '2026-01-01T10:02:00.000Z';
    const request = { requestId: randomUUID(), note: 'not my grid', takenAt };
    for (const status of [200, 200]) {
      const answer = await act('eve', order, 'return', request);
      expect([answer.status, answer.body.code]).toEqual([status, undefined]);
    }
    expect((await call('eve', `work-orders/${order.id}`)).status).toBe(404);
    const { timeline } = await read('olga', order);
    const returned = timeline.filter(({ action }) => action === 'return');
    expect(returned).toMatchObject([{ actorName: 'Name of eve', data: { takenAt } }]);
  });

  it('suspended it has no clock, and goes on by itself where it stood', async () => {
    const order = await inHand();
    await refused('mia', order, 'suspend', { note: 'parts', until: past() }, 'invalid-request');
    const suspended = await does('mia', order, 'suspend', { note: 'parts on order', until: soon() });
    expect(suspended).toMatchObject({
      state: 'suspended',
      suspendedFrom: 'in-hand',
      allowedActions: expect.arrayContaining(['resume']),
    });
    expect(await columns(order)).toMatchObject({ dueAt: null });
    await becomes(order, 'in-hand');
    const { timeline, resumeAt } = await read('olga', order);
    expect(resumeAt).toBeNull();
    expect(timeline.find(({ action }) => action === 'resume')).toMatchObject({ actorKind: 'system' });
    expect((await columns(order)).dueAt).not.toBeNull();
  });

  it('more time waits for the answer of a manager, and moves the deadline', async () => {
    const order = await inHand();
    const before = (await columns(order)).dueAt!;
    const limit = { amount: 3, unit: 'working-days' };
    const asked = await does(nameOf(order), order, 'request-extension', { note: 'no ladder', limit });
    expect(asked).toMatchObject({ extension: { limit, reason: 'no ladder' } });
    await told('mia', order, 'work-order-extension-asked');
    await refused(nameOf(order), order, 'request-extension', { note: 'more', limit }, 'action-not-allowed');
    await refused('olga', order, 'grant-extension', {}, 'forbidden');
    await does('mia', order, 'refuse-extension', { note: 'borrow one' });
    expect((await columns(order)).dueAt).toEqual(before);
    await does(nameOf(order), order, 'request-extension', { note: 'none to borrow', limit });
    expect(await does('mia', order, 'grant-extension')).toMatchObject({ extension: null });
    expect((await columns(order)).dueAt!.getTime()).toBeGreaterThan(before.getTime());
  });

  it('an urge wants its answer: in time, or the managers are told', async () => {
    const order = await inHand();
    await does('mia', order, 'urge', { note: 'the mayor asks', answerBy: soon(3_600_000) });
    const urged = await does('olga', order, 'urge', { note: 'residents call', answerBy: soon() });
    expect(urged.urges).toHaveLength(2);
    await told(nameOf(order), order, 'work-order-urged');
    await waitUntil(async () => (await read('mia', order)).urges.some(({ overdueAt }) => overdueAt !== null));
    await told('mia', order, 'work-order-urge-overdue');
    await refused('olga', order, 'answer', { note: 'not mine' }, 'forbidden');
    const answered = await does(nameOf(order), order, 'answer', { note: 'done by noon' });
    expect(answered.urges.map(({ answer }) => answer)).toEqual(['done by noon', 'done by noon']);
    await told('mia', order, 'work-order-urge-answered');
    await refused(nameOf(order), order, 'answer', { note: 'again' }, 'action-not-allowed');
  });

  it('who urged does not answer themselves, but for whoever has the order', async () => {
    const order = await open();
    // As if nobody could be asked: the control room has it, and either of them answers for it.
    await gateway.database.db
      .updateTable('workOrders')
      .set({ assigneeId: null, state: 'registered' })
      .where('id', '=', order.id)
      .execute();
    const urged = await does('olga', order, 'urge', { note: 'residents call', answerBy: soon(3_600_000) });
    expect(urged.allowedActions).not.toContain('answer');
    await refused('olga', order, 'answer', { note: 'soon' }, 'action-not-allowed');
    const both = await does('mia', order, 'urge', { note: 'the mayor asks', answerBy: soon(3_600_000) });
    expect(both.allowedActions).toContain('answer');
    const answered = await does('mia', order, 'answer', { note: 'I find somebody' });
    expect(answered.urges.map(({ answer }) => answer)).toEqual(['I find somebody', null]);
    await does('mia', order, 'accept');
    const held = await does('mia', order, 'answer', { note: 'I go myself' });
    expect(held.urges.every(({ answer }) => answer !== null)).toBe(true);
  });

  it('solved on the spot by the finder, with proof; somebody else verifies, and rates it', async () => {
    const order = await open('bob', { solving: true });
    expect(order).toMatchObject({ state: 'dispatched', assigneeId: ids['bob'] });
    await needs(order, {
      proof: 'before-and-after',
      checklist: [
        { key: 'clean', kind: 'check', title: text, required: true },
        { key: 'level', kind: 'number', title: text, required: true, unit: '%', min: 0, max: 20 },
      ],
    });
    await refused('ann', order, 'self-handled', { note: 'me too' }, 'forbidden');
    const answers = [{ key: 'clean', value: true }];
    await refused(
      'bob',
      order,
      'self-handled',
      { note: 'done', answers: [{ key: 'clean', value: 'yes' }] },
      'invalid-request',
    );
    await refused('bob', order, 'self-handled', { note: 'done', answers }, 'checklist-incomplete');
    await does('bob', order, 'note', { note: 'swept', answers });
    const level = [{ key: 'level', value: 35 }];
    await refused('bob', order, 'self-handled', { note: 'done', answers: level }, 'photo-required');
    for (const kind of ['before', 'after']) await aPhoto(order, 'bob', kind);
    const handled = await does('bob', order, 'self-handled', { note: 'done', answers: level });
    expect(handled).toMatchObject({ state: 'reported', assigneeId: ids['bob'] });
    expect(handled.checklist).toMatchObject([
      { value: true, inOrder: true, answeredBy: { name: 'Name of bob' } },
      { value: 35, inOrder: false },
    ]);
    await refused('bob', order, 'verify', {}, 'handler-may-not-verify');
    await does('olga', order, 'rework', { note: 'look again at the corner' });
    await does('bob', order, 'report', { note: 'done now' });
    await does('olga', order, 'verify');
    await does('olga', order, 'close');
    await refused('mia', order, 'evaluate', {}, 'invalid-request');
    expect(await does('mia', order, 'evaluate', { score: 4, note: 'quick' })).toMatchObject({
      state: 'evaluated',
      score: 4,
    });
    await refused('mia', order, 'note', { note: 'too late' }, 'action-not-allowed');
  });

  it('joint orders: who helps sees it, may add to it and says done; the lead waits, nobody of them verifies', async () => {
    const order = await inHand();
    expect((await call('eve', `work-orders/${order.id}`)).status).toBe(404);
    await does(nameOf(order), order, 'invite', { teamId, note: 'live wires' });
    await does('olga', order, 'invite', { personId: ids['mia'] });
    await told('eve', order, 'work-order-assisting');
    const invited = (await read('olga', order)).timeline.find(({ action }) => action === 'invite');
    expect(invited?.data).toMatchObject({ teamName: { en: 'Electricians' } });
    await does('eve', order, 'note', { note: 'on my way' });
    await refused(nameOf(order), order, 'report', { note: 'done' }, 'assistants-open');
    await does('eve', order, 'assist-done', { note: 'power is off' });
    const [, mine] = (await read('olga', order)).assists;
    await does('olga', order, 'release', { assistId: mine!.id, note: 'not needed' });
    await does(nameOf(order), order, 'report', { note: 'repaired' });
    expect((await read('eve', order)).allowedActions).not.toContain('verify');
    await does('olga', order, 'verify');
    expect((await read('olga', order)).assists.map(({ state }) => state)).toEqual(['done', 'released']);
  });

  it('merged by hand one ends as the duplicate of the other; void ends it without one', async () => {
    const [kept, duplicate] = [await open(), await open()];
    await refused(nameOf(duplicate), duplicate, 'merge', { intoId: kept.id, note: 'the same' }, 'forbidden');
    await refused('olga', duplicate, 'merge', { intoId: duplicate.id, note: 'itself' }, 'invalid-request');
    const merged = await does('olga', duplicate, 'merge', { intoId: kept.id, note: 'the same' });
    expect(merged).toMatchObject({ state: 'voided', duplicateOf: { id: kept.id } });
    expect((await read('olga', kept)).timeline.map(({ action }) => action)).toContain('absorb');
    await told(nameOf(duplicate), duplicate, 'work-order-merged');
    expect(await does('mia', kept, 'void', { note: 'nothing there' })).toMatchObject({
      state: 'voided',
      allowedActions: [],
    });
  });

  it('a sensor that disagrees with the report sends it back, with its reading', async () => {
    const order = await withAlarm(true);
    await does(nameOf(order), order, 'report', { note: 'all clear' });
    await longAgo(order);
    await becomes(order, 'in-hand');
    const back = (await read('olga', order)).timeline.find(({ action }) => action === 'sensor-rework')!;
    expect(back).toMatchObject({ actorKind: 'system', data: { metric: 'smoke', value: 7.5, deviceId: 'c1/smoke-1' } });
    await told(nameOf(order), order, 'work-order-sensor-disagrees');
  });

  it('a sensor that has seen long enough that it is over verifies, where the kind of work lets it', async () => {
    const order = await withAlarm(false);
    await does(nameOf(order), order, 'report', { note: 'emptied' });
    await longAgo(order);
    await becomes(order, 'closed');
    const actions = (await read('olga', order)).timeline.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['sensor-verify', 'close']));
  });
}

const text = { 'zh-CN': '检查', en: 'Check' };
const aReport = { category: 'sanitation-maintenance', areaId: 'r1', description: 'a lid is off' };
const soon = (ms = 3000) => new Date(Date.now() + ms).toISOString();
const past = () => soon(-1000);
const columns = ({ id }: Pick<WorkOrderDetail, 'id'>) =>
  gateway.database.db.selectFrom('workOrders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const nameOf = ({ assigneeName }: WorkOrderDetail) => assigneeName!.replace('Name of ', '');
const call = (login: string, path: string, body?: object) =>
  gateway.call(body ? 'POST' : 'GET', path, { cookie: cookies[login]!, ...(body ? { body } : {}) });
const read = async (login: string, { id }: WorkOrderDetail) =>
  workOrderDetailSchema.parse((await call(login, `work-orders/${id}`)).body);
const act = (login: string, { id }: WorkOrderDetail, action: PersonWorkOrderAction, body: object) =>
  call(login, `work-orders/${id}/${action}`, { requestId: randomUUID(), ...body });

/** Allowed only what the page offers: what somebody may do is offered to them before they do it. */
async function does(login: string, order: WorkOrderDetail, action: PersonWorkOrderAction, body: object = {}) {
  expect((await read(login, order)).allowedActions).toContain(action);
  const answer = await act(login, order, action, body);
  expect([action, answer.body.code, answer.status]).toEqual([action, undefined, 200]);
  return workOrderDetailSchema.parse(answer.body);
}

async function refused(
  login: string,
  order: WorkOrderDetail,
  action: PersonWorkOrderAction,
  body: object,
  code: string,
) {
  expect([action, (await act(login, order, action, body)).body.code]).toEqual([action, code]);
}

async function open(login = 'olga', more: object = {}): Promise<WorkOrderDetail> {
  const answer = await call(login, 'work-orders', { key: randomUUID(), ...aReport, ...more });
  expect(answer.status).toBe(201);
  return workOrderDetailSchema.parse(answer.body);
}

async function inHand(): Promise<WorkOrderDetail> {
  const order = await open();
  await does(nameOf(order), order, 'accept');
  return does(nameOf(order), order, 'start');
}

const needs = ({ id }: WorkOrderDetail, { proof, checklist }: { proof: 'before-and-after'; checklist: object[] }) =>
  gateway.database.db
    .updateTable('workOrders')
    .set({ proof, checklist: json(checklist) })
    .where('id', '=', id)
    .execute();

const aPhoto = ({ id }: WorkOrderDetail, login: string, kind: string) =>
  sql`insert into attachments (id, work_order_id, media_type, bytes, sha256, uploaded_by, uploaded_at, kind)
    values (${randomUUID()}, ${id}, 'image/png', 1, ${createHash('sha256').update(`${id}${kind}`).digest()}, ${ids[login]}, now(), ${kind})`.execute(
    gateway.database.db,
  );

/** An order in hand with a smoke alarm behind it that holds, or is over and may be judged by the sensor. */
async function withAlarm(holds: boolean): Promise<WorkOrderDetail> {
  const { db } = gateway.database;
  const order = await inHand();
  const [incidentId, alarmId] = [randomUUID(), randomUUID()];
  await sql`insert into incidents (id, domain, category, area_id, severity, state, opened_at)
    values (${incidentId}, 'fire', ${order.id}, 'b1', 'moderate', 'open', now())`.execute(db);
  await sql`insert into alarms (id, device_id, rule_id, subject, rule_version, domain, area_id, state, condition_active, severity,
      urgency, certainty, work_order, cause, raised_at, last_seen_at, last_transition_at, incident_id, created_at)
    values (${alarmId}, 'c1/smoke-1', ${rule.id}, ${order.id}, 1, 'fire', 'r1', ${holds ? 'unacknowledged' : 'returned-unacknowledged'},
      ${holds}, 'moderate', 'immediate', 'likely', true, ${json({ kind: 'threshold', metric: 'smoke', value: 7.5 })},
      now(), now(), now(), ${incidentId}, now())`.execute(db);
  await sql`insert into alarm_steps (id, alarm_id, at, recorded_at, action, to_state, actor_kind, actor_id, data)
    values (${randomUUID()}, ${alarmId}, now() - interval '1 hour', now(), ${holds ? 'raise' : 'clear'}, 'normal', 'device', 'c1/smoke-1',
      ${json({ kind: 'threshold' })})`.execute(db);
  const set = { incidentId, sensorVerifies: !holds, sensorMinutes: 5 };
  await db.updateTable('workOrders').set(set).where('id', '=', order.id).execute();
  return order;
}

/** Ten minutes pass for this order, in which the device goes on telling. */
async function longAgo({ id }: WorkOrderDetail): Promise<void> {
  const { db } = gateway.database;
  await sql`update devices set last_seen_at = now()`.execute(db);
  await sql`update work_order_steps set at = at - interval '10 minutes' where work_order_id = ${id}`.execute(db);
  await sql`update jobs set due_at = now() where name = 'check-sensor' and payload ->> 'workOrderId' = ${id}`.execute(
    db,
  );
}

const becomes = (order: WorkOrderDetail, state: string) =>
  waitUntil(async () => (await columns(order)).state === state);

/** The worker has told this person, in the app. */
const told = (login: string, { id }: WorkOrderDetail, kind: string) =>
  waitUntil(async () => {
    const rows = await gateway.database.db
      .selectFrom('notifications')
      .select('id')
      .where('workOrderId', '=', id)
      .where('personId', '=', ids[login]!)
      .where('kind', '=', kind)
      .execute();
    return rows.length > 0;
  });

async function startWorker(connection: QueueConnection): Promise<INestApplication> {
  await migrateQueue(connection);
  const settings = readSettings({ DATA_DIR: tmpdir() });
  @Module({
    imports: [
      ClockModule,
      ConfigModule.forRoot(settings),
      LoggingModule.forRoot(createLogger('silent')),
      DatabaseModule.forRoot(gateway.database.url),
      HealthModule,
      FilesModule.forRoot(settings),
      WakeModule.forRoot({ connection }),
      JobsModule.forRoot(connection, unwantedJobs({})),
      DispatchModule,
    ],
  })
  class App {}
  const app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication(
    new FastifyAdapter(),
  );
  app.connectMicroservice({ strategy: createJobsStrategy(app, connection, 4) });
  await app.startAllMicroservices();
  await app.init();
  return app;
}
