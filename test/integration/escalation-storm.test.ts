import type { Severity } from '@sc/contracts';
import type { Row } from '@sc/platform/database';
import type { Job } from '@sc/platform/jobs';
import { sql } from 'kysely';
import { OnWorkOrderChanged } from '../../libs/features/notifications/on-work-order-changed.js';
import { OnAlarmRaised } from '../../libs/features/work-orders/on-alarm-raised.js';
import { OnNotAccepted } from '../../libs/features/work-orders/on-not-accepted.js';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

/** Places with an order each; grave ones first, as they are handled. More than one transaction takes. */
const grave = 14;
const places = 53;
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The same people and the same orders in each. */
async function aStorm(): Promise<TestDispatch> {
  const d = await startDispatch();
  for (const n of [1, 2]) await aShift(d.db, await aPerson(d.db, { id: id(n), areaId: 'g1' }), 'g1');
  await aShift(d.db, await aPerson(d.db, { id: id(4), areaId: 'g2' }), 'g2');
  await aPerson(d.db, { id: id(5), role: 'operator', areaId: 'c1' });
  await aPerson(d.db, { id: id(6), role: 'manager', areaId: 'c1' });
  await aPerson(d.db, { id: id(7), role: 'manager', areaId: 'd1' });
  await sql`insert into areas (id, kind, parent_id, path, name, created_at)
    select place, 'building', 'g1', array['d1', 's1', 'c1', 'g1', place], '{}', now()
    from (select 'p' || lpad(i::text, 2, '0') as place from generate_series(0, ${places - 1}::int) i) p`.execute(d.db);
  for (let n = 0; n < places; n += 1) {
    const severity: Severity = n < grave ? 'extreme' : 'moderate';
    await d.raise({ areaId: `p${String(n).padStart(2, '0')}`, severity });
  }
  await d.relay();
  const raised = await d.jobs('open-incident');
  await d.module.get(OnAlarmRaised, { strict: false }).handleBundle(raised as unknown as Job<'open-incident'>[]);
  await tellAll(d);
  return d;
}

/** What the orders' steps ask to tell is told. */
async function tellAll(d: TestDispatch): Promise<void> {
  await d.relay();
  const jobs = (await d.jobs('notify-people')).filter(({ state }) => state === 'pending');
  await d.module.get(OnWorkOrderChanged, { strict: false }).handleBundle(jobs as unknown as Job<'notify-people'>[]);
}

const due = (d: TestDispatch): Promise<Row<'jobs'>[]> =>
  d.db
    .selectFrom('jobs')
    .selectAll()
    .where('name', '=', 'escalate-work-order')
    .where('state', '=', 'pending')
    .where('dueAt', '<=', new Date(d.clock.now()))
    .orderBy('urgent', 'desc')
    .orderBy('id')
    .execute();
/** Until every order that waits is past its time. */
async function passAll(d: TestDispatch): Promise<void> {
  const waiting = (await d.jobs('escalate-work-order')).filter(({ state }) => state === 'pending');
  d.clock.set(Math.max(...waiting.map(({ dueAt }) => dueAt.getTime())));
}
const together = (d: TestDispatch, jobs: readonly Row<'jobs'>[]) =>
  d.module.get(OnNotAccepted, { strict: false }).handleBundle(jobs as unknown as Job<'escalate-work-order'>[]);
const alone = async (d: TestDispatch, jobs: readonly Row<'jobs'>[]) => {
  for (const job of jobs) await d.handle(job);
};

/** Everything that an escalation writes, by place instead of by id. */
async function everything({ db }: TestDispatch) {
  const orders = await db
    .selectFrom('workOrders')
    .select(['id', 'areaId', 'state', 'assigneeId', 'escalationLevel', 'acceptBy', 'chainStep', 'chainTimes'])
    .orderBy('areaId')
    .execute();
  const areaOf = new Map(orders.map((order) => [order.id, order.areaId]));
  const steps = await db.selectFrom('workOrderSteps').selectAll().orderBy('id').execute();
  const candidates = await db.selectFrom('workOrderCandidates').selectAll().execute();
  const calls = await db.selectFrom('workOrderCalls').selectAll().execute();
  const told = await db.selectFrom('notifications').selectAll().execute();
  const audit = await db.selectFrom('auditTrail').selectAll().where('subjectType', '=', 'work-order').execute();
  const jobs = await db.selectFrom('jobs').selectAll().where('name', '=', 'escalate-work-order').execute();
  const of = (name: string) => areaOf.get(name.slice(0, 36)) + name.slice(36);
  return {
    orders: orders.map(({ id: _, ...order }) => order),
    steps: steps
      .map(({ workOrderId, action, fromState, toState, data }) => {
        const { alarmId: _, deviceId: __, ...facts } = data;
        return [of(workOrderId), action, fromState, toState, JSON.stringify(facts)].join(' ');
      })
      .sort(),
    candidates: candidates
      .map(({ workOrderId, ...row }) => JSON.stringify([of(workOrderId), row.level, row.place, row]))
      .sort(),
    calls: calls.map(({ workOrderId, personId, calledAt }) => [of(workOrderId), personId, calledAt.getTime()]).sort(),
    told: told.map(({ workOrderId, personId, kind }) => [of(workOrderId!), personId, kind].join(' ')).sort(),
    audit: audit.map(({ subjectId, action }) => `${of(subjectId)} ${action}`).sort(),
    jobs: jobs
      .map(({ subject, state, dueAt, urgent }) => [of(subject), state, dueAt.getTime(), urgent].join(' '))
      .sort(),
  };
}

describe('orders that nobody accepts, all at once', () => {
  let single: TestDispatch;
  let storm: TestDispatch;
  beforeAll(async () => {
    [single, storm] = [await aStorm(), await aStorm()];
  }, 60_000);
  afterAll(async () => {
    await single?.stop();
    await storm?.stop();
  });

  it('that were asked for in one moment fall due as one bundle, the grave ones as another', async () => {
    const jobs = (await storm.jobs('escalate-work-order')).filter(({ state }) => state === 'pending');
    expect(jobs).toHaveLength(places);
    for (const list of Map.groupBy(jobs, ({ urgent, dueAt }) => `${urgent} ${dueAt.getTime()}`).values())
      expect(new Set(list.map(({ bundle }) => bundle)).size).toBe(1);
    expect(new Set(jobs.map(({ bundle }) => bundle)).size).toBe(2);
    expect(await everything(storm)).toEqual(await everything(single));
  });

  it('go to the same people as one by one, each told once, however often the bundle comes', async () => {
    for (let pass = 0; pass < 2; pass += 1) {
      for (const d of [single, storm]) {
        await passAll(d);
        // One is accepted meanwhile: its job is done with.
        if (pass === 1) {
          const accepted = d.db.selectFrom('workOrders').selectAll().where('areaId', '=', 'p03');
          const order = await accepted.executeTakeFirstOrThrow();
          await d.act(await d.personById(order.assigneeId!), 'accept', { orderId: order.id });
        }
      }
      await alone(single, await due(single));
      const jobs = await due(storm);
      expect(jobs).toHaveLength(places);
      await together(storm, [...jobs.toReversed(), ...jobs.slice(0, 5)]);
      await together(storm, jobs);
      for (const d of [single, storm]) await tellAll(d);
      expect(await everything(storm)).toEqual(await everything(single));
    }
  }, 60_000);

  it('of which a transaction was cut off stay as they were, and go on when they can', async () => {
    for (const d of [single, storm]) await passAll(d);
    await alone(single, await due(single));
    await sql`create function cut_off() returns trigger language plpgsql as $$
      begin raise exception 'cut off'; end $$`.execute(storm.db);
    await sql`create trigger cut_off before update on work_orders
      for each row when (new.area_id = 'p48') execute function cut_off()`.execute(storm.db);
    const before = await everything(storm);
    const jobs = await due(storm);
    await expect(together(storm, jobs.slice(-10))).rejects.toThrow('cut off');
    expect(await everything(storm)).toEqual(before);
    await sql`drop trigger cut_off on work_orders`.execute(storm.db);
    await together(storm, jobs);
    for (const d of [single, storm]) await tellAll(d);
    expect(await everything(storm)).toEqual(await everything(single));
  }, 60_000);
});

it('tells more people at once than one statement has parameters for, each once', async () => {
  const d = await startDispatch();
  try {
    await aPerson(d.db, { id: id(1), areaId: 'g1' });
    await d.raise();
    await d.run();
    const order = await d.order();
    const { rows } = await sql<{ id: string }>`
      insert into people (id, login, password_hash, name, role, area_id, locale, created_at)
      select gen_random_uuid(), 'crowd-' || i, '!', 'x', 'officer', 'g1', 'zh-CN', now() from generate_series(1, 110) i
      returning id`.execute(d.db);
    const tell = rows.map((row) => row.id);
    await d.unitOfWork.run(async ({ emit }) => {
      for (let n = 0; n < 100; n += 1)
        emit({
          type: 'work-order.changed.v1',
          payload: {
            ...{ workOrderId: order.id, incidentId: order.incidentId, number: 'WO-000001', action: 'accept' },
            ...{ state: 'accepted', severity: 'extreme', areaId: order.areaId, assigneeId: null, tell },
          },
          areaId: order.areaId,
          subjectId: order.id,
        });
    });
    await d.relay();
    const jobs = (await d.jobs('notify-people')).filter(({ state }) => state === 'pending');
    const handler = d.module.get(OnWorkOrderChanged, { strict: false });
    for (let times = 0; times < 2; times += 1) await handler.handleBundle(jobs as unknown as Job<'notify-people'>[]);
    const { total } = await d.db
      .selectFrom('notifications')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where('kind', '=', 'work-order-taken')
      .executeTakeFirstOrThrow();
    expect(total).toBe(100 * 110);
  } finally {
    await d.stop();
  }
}, 60_000);
