import { type INestApplication, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createJobsStrategy, DispatchModule } from '@sc/apps/dispatch';
import { domainByName } from '@sc/domains';
import { AlarmsModule, AlarmWriter } from '@sc/features/alarms';
import { unwantedJobs } from '@sc/features/notifications';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DatabaseModule, json, UnitOfWork } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { JobsModule, migrateQueue, type QueueConnection, WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import { sql } from 'kysely';
import { tmpdir } from 'node:os';
import { AuditVerifier } from '../../libs/features/audit/audit-verifier.js';
import { aPerson, aShift, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const buildings = 60;
/** More than one bundle holds: two dispatchers meet at the same places. */
const devices = 1100;
const redis = await provide('redis');

describe('a storm, two dispatchers, on PostgreSQL', () => theSameOn(({ url }) => ({ kind: 'postgres', url })));
describeWith(redis, 'a storm, two dispatchers, on Redis', ({ url, stop }) => {
  theSameOn(() => ({ kind: 'redis', url }));
  afterAll(() => stop());
});

function theSameOn(connectionOf: (test: TestDatabase) => QueueConnection): void {
  let test: TestDatabase;
  let apps: INestApplication[];
  let now = Date.UTC(2026, 0, 1);
  const rule = domainByName('fire')!.rules.find(({ severity }) => severity === 'extreme')!;

  async function start(): Promise<INestApplication> {
    const connection = connectionOf(test);
    @Module({
      imports: [
        ClockModule,
        ConfigModule.forRoot(readSettings({ DATA_DIR: tmpdir() })),
        LoggingModule.forRoot(createLogger('silent')),
        DatabaseModule.forRoot(test.url),
        HealthModule,
        FilesModule.forRoot(readSettings({ DATA_DIR: tmpdir() })),
        WakeModule.forRoot({ connection }),
        JobsModule.forRoot(connection, unwantedJobs({})),
        DispatchModule,
        AlarmsModule,
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

  beforeAll(async () => {
    test = await createTestDatabase();
    await migrateQueue(connectionOf(test));
    await seedAreas(test.db);
    for (let n = 0; n < 6; n += 1) await aShift(test.db, await aPerson(test.db), 'g1');
    await sql`insert into areas (id, kind, parent_id, path, name, created_at)
      select 'storm-' || i, 'building', 'g1', array['d1', 's1', 'c1', 'g1', 'storm-' || i], '{}', now()
      from generate_series(0, ${buildings - 1}::int) i`.execute(test.db);
    await sql`insert into devices (id, domain, name, area_id, secret_hash, state, created_at)
      select 'c1/d' || i, 'fire', 'd' || i, 'storm-' || (i % ${buildings}::int), 'x', 'registered', now()
      from generate_series(0, ${devices - 1}::int) i`.execute(test.db);
    await test.db
      .insertInto('rules')
      .values({
        id: rule.id,
        version: 1,
        domain: 'fire',
        enabled: true,
        updatedAt: new Date(0),
        definition: json(rule),
      })
      .execute();
    apps = [await start(), await start()];
  }, 60_000);
  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.close()));
    await test?.drop();
  }, 60_000);

  beforeEach(async () => {
    for (const table of ['workOrderSteps', 'workOrderCandidates', 'notifications', 'workOrders'] as const)
      await test.db.deleteFrom(table).execute();
    for (const table of ['alarmSteps', 'alarms', 'incidents', 'jobs'] as const)
      await test.db.deleteFrom(table).execute();
  });

  /** Of all devices at one moment, in one commit, as the hot path does it. */
  const all = (kind: 'raise' | 'clear', app = apps[0]!) => {
    now += 1000;
    const changes = Array.from({ length: devices }, (_, n) => ({
      kind,
      deviceId: `c1/d${n}`,
      ruleId: rule.id,
      subject: '',
      ruleVersion: 1,
      at: now,
      cause: { kind: 'threshold' },
    }));
    return app.get(UnitOfWork).run((tx) => app.get(AlarmWriter).apply(tx, changes));
  };
  const pending = () =>
    test.db
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', 'pending')
      .where('name', '<>', 'escalate-work-order')
      .execute();
  /** Every event has become jobs and every job is done, but those that are left out. */
  const settled = (but = 0) =>
    waitUntil(async () => {
      const { rows } = await sql`select from relay_cursors
        where position >= (select max(position) from outbox)`.execute(test.db);
      return rows.length > 0 && (await pending()).length === but;
    }, 120_000);
  const links = async () => {
    const { rows } = await sql<{ alarmId: string; incidentId: string }>`
      select s.data ->> 'alarmId' as alarm_id, o.incident_id from work_order_steps s
      join work_orders o on o.id = s.work_order_id where s.action in ('register', 'link-alarm') order by 1, 2`.execute(
      test.db,
    );
    return rows;
  };
  /** One incident and order for each place, one officer it belongs to, all on shift called, each alarm once in the story of its own. */
  async function everyPromiseKept(alarms: number): Promise<void> {
    const incidents = await test.db.selectFrom('incidents').selectAll().execute();
    const orders = await test.db.selectFrom('workOrders').selectAll().execute();
    expect(incidents).toHaveLength(buildings);
    expect(orders.map(({ incidentId }) => incidentId).sort()).toEqual(incidents.map(({ id }) => id).sort());
    expect(orders.every(({ state, assigneeId, acceptBy }) => state === 'dispatched' && assigneeId && acceptBy)).toBe(
      true,
    );
    const loads = [...Map.groupBy(orders, ({ assigneeId }) => assigneeId).values()].map(({ length }) => length);
    expect(loads).toEqual(Array.from({ length: 6 }, () => 10));
    const told = await links();
    expect(told).toHaveLength(alarms);
    expect(new Set(told.map(({ alarmId }) => alarmId)).size).toBe(alarms);
    const owners = new Map(told.map(({ alarmId, incidentId }) => [alarmId, incidentId]));
    const stored = await test.db.selectFrom('alarms').select(['id', 'incidentId']).execute();
    for (const { id, incidentId } of stored) if (owners.has(id)) expect(incidentId).toBe(owners.get(id));
    // Danger to life: everyone on shift is called to each, once.
    const notified = await test.db.selectFrom('notifications').select(['workOrderId', 'personId', 'kind']).execute();
    expect(notified.every(({ kind }) => kind === 'life-safety-call')).toBe(true);
    expect(new Set(notified.map(({ workOrderId, personId }) => `${workOrderId} ${personId}`)).size).toBe(
      notified.length,
    );
    expect(notified.map(({ workOrderId }) => workOrderId).sort()).toEqual(
      orders.flatMap(({ id }) => Array.from({ length: 6 }, () => id)).sort(),
    );
    const escalations = await test.db
      .selectFrom('jobs')
      .select(['subject', 'urgent'])
      .where('name', '=', 'escalate-work-order')
      .execute();
    expect(escalations.map(({ subject }) => subject).sort()).toEqual(orders.map(({ id }) => `${id}:0`).sort());
    expect(escalations.every(({ urgent }) => urgent)).toBe(true);
    expect(await new AuditVerifier(test.db).verify()).toMatchObject({ intact: true });
  }

  it('leads to one incident, order and officer for each place, everyone on shift called, and each alarm is part of one story', async () => {
    await all('raise');
    await settled();
    await everyPromiseKept(devices);
    const jobs = await test.db
      .selectFrom('jobs')
      .select(['urgent', 'bundle'])
      .where('name', '=', 'open-incident')
      .execute();
    expect(jobs.every(({ urgent, bundle }) => urgent && bundle)).toBe(true);
  }, 180_000);

  it('told again, and handled again, changes nothing', async () => {
    await all('raise');
    await settled();
    const before = await links();
    // As after a restore of the queue alone: every ticket comes again, in both processes.
    await test.db.updateTable('jobs').set({ state: 'pending' }).where('name', '<>', 'escalate-work-order').execute();
    await settled();
    expect(await links()).toEqual(before);
    await everyPromiseKept(devices);
  }, 180_000);

  it('that begins, ends and begins again leaves every alarm holding, in its one open incident', async () => {
    for (const kind of ['raise', 'clear', 'raise'] as const) await all(kind);
    await settled();
    const alarms = await test.db
      .selectFrom('alarms')
      .innerJoin('incidents', 'incidents.id', 'alarms.incidentId')
      .select(['alarms.conditionActive', 'incidents.state'])
      .execute();
    expect(alarms).toHaveLength(devices);
    expect(alarms.every(({ conditionActive, state }) => conditionActive && state === 'open')).toBe(true);
    await everyPromiseKept(devices);
  }, 180_000);

  it('with one alarm that cannot be handled: all others are, it alone is tried again and ends in the dead letters', async () => {
    await sql`create function refuse_one() returns trigger language plpgsql as $$
      begin if new.data ->> 'deviceId' = 'c1/d77' then raise exception 'poison'; end if; return new; end $$`.execute(
      test.db,
    );
    await sql`create trigger refuse_one before insert on work_order_steps
      for each row execute function refuse_one()`.execute(test.db);
    try {
      await all('raise');
      await settled(1);
      await everyPromiseKept(devices - 1);
      const [left] = await pending();
      await waitUntil(async () => ((await pending())[0]?.attempts ?? 0) > 0);
      expect(await pending()).toMatchObject([{ id: left!.id, name: 'open-incident', bundle: null }]);
      const others = await test.db.selectFrom('jobs').select('id').where('attempts', '>', 0).execute();
      expect(others).toHaveLength(1);
      // Written again where an attempt was under way, which then wrote its own number over ours. It does not stay dead: see below.
      let dead: { id: string; lastError: string | null }[] = [];
      await waitUntil(async () => {
        await test.db
          .updateTable('jobs')
          .set({ attempts: 9, dueAt: new Date() })
          .where('id', '=', left!.id)
          .where('attempts', '<', 9)
          .execute();
        dead = await test.db.selectFrom('jobs').select(['id', 'lastError']).where('state', '=', 'dead').execute();
        return dead.length > 0;
      }, 120_000);
      expect(dead).toEqual([{ id: left!.id, lastError: expect.stringContaining('poison') as string }]);
    } finally {
      await sql`drop trigger refuse_one on work_order_steps`.execute(test.db);
      await sql`drop function refuse_one()`.execute(test.db);
    }
    // The sweep of alarms without an order gives it back, and then nothing is in its way.
    await waitUntil(async () => (await links()).length === devices, 120_000);
    await settled();
    await everyPromiseKept(devices);
  }, 300_000);

  it('during which PostgreSQL ends every connection: nothing is lost, nothing done twice', async () => {
    await all('raise');
    await waitUntil(async () => (await test.db.selectFrom('workOrders').select('id').execute()).length > 0, 60_000);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(test.db);
    await settled();
    await everyPromiseKept(devices);
  }, 180_000);

  it('during which one dispatcher goes away: the other does the rest', async () => {
    await all('raise', apps[1]);
    await waitUntil(async () => (await test.db.selectFrom('jobs').select('id').limit(1).execute()).length > 0);
    await apps.shift()!.close();
    await settled();
    await everyPromiseKept(devices);
  }, 180_000);
}
