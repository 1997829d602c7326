import { randomUUID } from 'node:crypto';
import type { ProcessKind, ProcessReport, System } from '@sc/contracts';
import { systemSchema } from '@sc/contracts';
import { SystemModule } from '@sc/features/system';
import { json, keepHouse } from '@sc/platform/database';
import { Probes } from '@sc/platform/health';
import { sql } from 'kysely';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { waitUntil } from '../support/wait.js';

let gateway: TestGateway;
let admin: string;

beforeAll(async () => {
  gateway = await startGateway({ module: { imports: [SystemModule.forRoot('gateway')] } });
  await gateway.person('admin', 'admin', 'c1');
  await gateway.person('op', 'operator', 'c1');
  admin = await gateway.login('admin');
}, 60_000);
afterAll(async () => {
  await gateway.stop();
}, 60_000);

/** A fresh answer: the one before is kept for a second. */
async function system(fits: (system: System) => boolean = () => true): Promise<System> {
  let latest: System | undefined;
  await waitUntil(async () => {
    latest = systemSchema.parse((await gateway.call('GET', 'system', { cookie: admin })).body);
    return fits(latest);
  });
  return latest!;
}
const find = (from: System, instance: string): ProcessReport | undefined =>
  from.processes.find((one) => one.instance === instance);

async function report(
  kind: ProcessKind,
  options: { ageSeconds?: number; host?: string; startedSecondsAgo?: number; content?: object; stopped?: boolean } = {},
): Promise<string> {
  const { ageSeconds = 0, host = 'other', content = {}, stopped = false } = options;
  const { startedSecondsAgo = ageSeconds + 60 } = options;
  const instance = randomUUID();
  await sql`insert into process_reports (instance, kind, host, version, started_at, reported_at, stopped_at, report)
    values (${instance}, ${kind}, ${host}, '9', now() - make_interval(secs => ${startedSecondsAgo}),
      now() - make_interval(secs => ${ageSeconds}), ${stopped ? sql`now()` : null}, ${json(content)})`.execute(
    gateway.database.db,
  );
  return instance;
}

describe('how the platform is', () => {
  it('is told to administrators alone', async () => {
    expect((await gateway.call('GET', 'system')).status).toBe(401);
    expect((await gateway.call('GET', 'system', { cookie: await gateway.login('op') })).status).toBe(403);
    expect((await gateway.call('GET', 'system', { cookie: admin })).status).toBe(200);
  });

  it('holds a report of the process itself, and says who is missing', async () => {
    const { processes, missing } = await system(({ processes: all }) => all.some(({ figures }) => figures));
    const own = processes.find(({ kind }) => kind === 'gateway')!;
    expect(own).toMatchObject({ state: 'reporting', health: { status: 'ok', checks: { database: { status: 'up' } } } });
    expect(own.figures!.process.rssBytes).toBeGreaterThan(1_000_000);
    expect(own.figures).toMatchObject({ mqtt: null, ingest: null, queues: null });
    expect(own.figures!.http).not.toBeNull();
    expect(missing).toEqual(['sensing', 'dispatch']);
  });

  it('tells who fell silent and who was stopped, and hides whose place was taken', async () => {
    const silent = await report('sensing', { ageSeconds: 16, host: 'a' });
    const stopped = await report('dispatch', { ageSeconds: 1, host: 'a', stopped: true });
    let now = await system((all) => !!find(all, stopped));
    expect(find(now, silent)?.state).toBe('silent');
    expect(find(now, stopped)?.state).toBe('stopped');
    expect(now.missing).toEqual([]);

    // Another machine's is no successor at once; the same machine's is.
    const elsewhere = await report('sensing', { ageSeconds: 0, host: 'b', startedSecondsAgo: 5 });
    now = await system((all) => !!find(all, elsewhere));
    expect(find(now, silent)?.state).toBe('silent');
    const successor = await report('sensing', { ageSeconds: 0, host: 'a', startedSecondsAgo: 5 });
    now = await system((all) => !!find(all, successor));
    expect(find(now, silent)).toBeUndefined();

    const longAgo = await report('dispatch', { ageSeconds: 700, host: 'c' });
    now = await system((all) => !!find(all, longAgo));
    const running = await report('dispatch', { host: 'd' });
    now = await system((all) => !!find(all, running));
    expect(find(now, longAgo)).toBeUndefined();
  });

  it('shows a process of another version, without what cannot be read', async () => {
    const strange = await report('sensing', { content: { health: { status: 'splendid' }, figures: { mqtt: 'yes' } } });
    const now = await system((all) => !!find(all, strange));
    expect(find(now, strange)).toMatchObject({ state: 'reporting', version: '9', health: null, figures: null });
  });

  it('counts what waits, by lane and reason, even when nobody handles it', async () => {
    const job = (name: string, state: string, dueInSeconds: number, finishedAgo?: number) =>
      sql`insert into jobs (id, name, subject, payload, due_at, state, last_error, created_at, finished_at)
        values (${randomUUID()}, ${name}, ${randomUUID()}, '{}', now() + make_interval(secs => ${dueInSeconds}), ${state},
          'TypeError: it: broke', now(), ${finishedAgo === undefined ? null : sql`now() - make_interval(secs => ${finishedAgo})`})`.execute(
        gateway.database.db,
      );
    await job('open-incident', 'pending', -30);
    await job('open-incident', 'pending', 600);
    await job('send-webhook', 'dead', -99_999, 10);
    await job('send-webhook', 'dead', -99_999, 7200);
    await job('notify-people', 'done', -5, 1);
    for (const age of [5, 7200])
      await sql`insert into dead_letters (id, topic, payload, payload_bytes, reason, detail, received_at)
        values (${randomUUID()}, 't', '', 0, 'not-json', '', now() - make_interval(secs => ${age}))`.execute(
        gateway.database.db,
      );
    await sql`insert into outbox (id, type, payload, subject_id, occurred_at)
      values (${randomUUID()}, 'device.changed.v1', '{}', 'x', now() - interval '20 seconds')`.execute(
      gateway.database.db,
    );

    const { backlog } = await system((all) => all.backlog.outbox.events === 1);
    expect(backlog.jobs).toEqual([
      { lane: 'urgent', due: 0, scheduled: 0, dead: 0, oldestDueSeconds: null },
      { lane: 'default', due: 1, scheduled: 1, dead: 0, oldestDueSeconds: expect.any(Number) },
      { lane: 'outside', due: 0, scheduled: 0, dead: 2, oldestDueSeconds: null },
      { lane: 'messages', due: 0, scheduled: 0, dead: 0, oldestDueSeconds: null },
      { lane: 'alerts', due: 0, scheduled: 0, dead: 0, oldestDueSeconds: null },
    ]);
    expect(backlog.jobs[1]!.oldestDueSeconds).toBeGreaterThanOrEqual(30);
    expect(backlog.outbox.oldestSeconds).toBeGreaterThanOrEqual(20);
    expect(backlog.deadLetters).toEqual(
      expect.arrayContaining([
        { kind: 'message', reason: 'not-json', total: 2, lastHour: 1 },
        { kind: 'job', reason: 'TypeError', total: 2, lastHour: 1 },
      ]),
    );
  });

  it('forgets processes that ended a day ago', async () => {
    const old = await report('gateway', { ageSeconds: 90_000, host: 'z' });
    const young = await report('gateway', { ageSeconds: 80_000, host: 'z' });
    expect(await keepHouse(gateway.database.db, Date.now())).toMatchObject({ processReports: 1 });
    const rows = await gateway.database.db.selectFrom('processReports').select('instance').execute();
    const left = rows.map(({ instance }) => instance);
    expect(left).toContain(young);
    expect(left).not.toContain(old);
  });

  it('is said in /metrics too, also while a probe hangs', async () => {
    gateway.app.get(Probes, { strict: false }).add(() => new Promise(() => undefined));
    const text = (await gateway.call('GET', '/metrics')).body as string;
    expect(text).toMatch(/^sc_live_streams 0$/m);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
  });

  it('notes that a process was stopped in order', async () => {
    await gateway.app.close();
    const { stoppedAt } = await gateway.database.db
      .selectFrom('processReports')
      .select('stoppedAt')
      .where('host', 'not in', ['other', 'a', 'b', 'c', 'd', 'z'])
      .executeTakeFirstOrThrow();
    expect(stoppedAt).toBeInstanceOf(Date);
  });
});
