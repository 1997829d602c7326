import { randomUUID } from 'node:crypto';
import { json, openDatabase, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const replayed: string[] = [];
let sensing: NodeJS.Timeout;

/** In place of the process that takes messages in. */
async function takeIn(): Promise<void> {
  const taken = await gateway.database.db
    .updateTable('deadLetters')
    .set({ replayAskedAt: null, replayedAt: new Date() })
    .where('replayAskedAt', 'is not', null)
    .returning('id')
    .execute();
  replayed.push(...taken.map(({ id }) => id));
}

beforeAll(async () => {
  gateway = await startGateway();
  sensing = setInterval(() => void takeIn(), 50);
  for (const [login, role, area] of [
    ['admin', 'admin', 'c1'],
    ['op2', 'operator', 'g2'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
}, 60_000);
afterAll(async () => {
  clearInterval(sensing);
  await gateway.stop();
}, 60_000);

const as = (who: string, method: string, path: string) => gateway.call(method, path, { cookie: cookies[who]! });

describe('dead letters', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
  const letter = async (deviceId: string | null, minute: number, bytes?: number) => {
    const id = randomUUID();
    const payload = Buffer.from('{"a":\u0001 <b>"');
    await gateway.database.db
      .insertInto('deadLetters')
      .values({
        id,
        deviceId,
        topic: 'sc/fire/c1/x/telemetry',
        payload,
        payloadBytes: bytes ?? payload.length,
        reason: 'not-json',
        detail: 'x',
        receivedAt: at(minute),
      })
      .execute();
    return id;
  };
  const deadJob = async (minute: number) => {
    const id = randomUUID();
    await gateway.database.db
      .insertInto('jobs')
      .values({
        id,
        name: 'open-incident',
        subject: randomUUID(),
        payload: json({ eventId: randomUUID() }),
        dueAt: at(0),
        state: 'dead',
        attempts: 10,
        lastError: 'TypeError: it broke: badly',
        createdAt: at(0),
        finishedAt: at(minute),
      })
      .execute();
    return id;
  };
  let ids: { inside: string; unknown: string; cut: string; job: string };

  beforeAll(async () => {
    await aDevice(gateway.database.db, { id: 'c1/x', areaId: 'r1' });
    ids = {
      inside: await letter('c1/x', 4),
      job: await deadJob(3),
      unknown: await letter('c1/nobody', 2),
      cut: await letter(null, 1, 9999),
    };
  });

  it('are one list, newest first, page by page, within the area', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await as(
        'admin',
        'GET',
        `dead-letters?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([ids.inside, ids.job, ids.unknown, ids.cut]);
    const other = (await as('op2', 'GET', 'dead-letters')).body.items.map(({ id }: { id: string }) => id);
    expect(other).toEqual([ids.job, ids.unknown, ids.cut]);
    const jobs = (await as('admin', 'GET', 'dead-letters?kind=job')).body.items;
    expect(jobs).toMatchObject([
      { kind: 'job', subject: 'open-incident', reason: 'TypeError', detail: 'TypeError: it broke: badly' },
    ]);
    expect((await as('admin', 'GET', 'dead-letters?deviceId=c1/x')).body.items).toHaveLength(1);
  });

  it('refuses cursors that are none', async () => {
    const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const key of [['x', 'y'], [1, 2], [at(1).toISOString(), "'; drop table jobs"], {}, null])
      expect((await as('admin', 'GET', `dead-letters?cursor=${cursor(key)}`)).status).toBe(400);
    for (const key of [['x'], [1.5], [{}]])
      expect((await as('admin', 'GET', `audit?cursor=${cursor(key)}`)).status).toBe(400);
  });

  it('a message is handed to the ingest once', async () => {
    expect((await as('admin', 'POST', `dead-letters/${ids.inside}/replay`)).status).toBe(204);
    expect(replayed).toEqual([ids.inside]);
    expect((await as('admin', 'POST', `dead-letters/${ids.inside}/replay`)).body.code).toBe('conflict');
    expect((await as('admin', 'POST', `dead-letters/${ids.cut}/replay`)).body.code).toBe('conflict');
    expect((await as('admin', 'POST', `dead-letters/${randomUUID()}/replay`)).status).toBe(404);
    expect(replayed).toHaveLength(1);
  });

  it('a job becomes due again', async () => {
    expect((await as('admin', 'POST', `dead-letters/${ids.job}/replay`)).status).toBe(204);
    const job = await gateway.database.db
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', ids.job)
      .executeTakeFirstOrThrow();
    expect(job).toMatchObject({ state: 'pending', attempts: 0, finishedAt: null });
    expect((await as('admin', 'POST', `dead-letters/${ids.job}/replay`)).status).toBe(404);
    const actions = (await as('admin', 'GET', 'audit')).body.items.map(({ action }: { action: string }) => action);
    expect(actions.filter((action: string) => action === 'dead-letter.replayed')).toHaveLength(2);
  });
});

describe('the audit trail', () => {
  const write = (count: number) =>
    gateway.app.get(UnitOfWork).run(async ({ audit }) => {
      for (let index = 0; index < count; index += 1)
        audit({
          actor: { kind: 'system', id: 't' },
          action: 'area.updated',
          subjectType: 'area',
          subjectId: `${index}`,
          change: { b: [1, { z: 1, a: null }], a: '中' },
        });
    });
  /** As somebody with full power over the database. */
  const tamper = async (statement: string) => {
    const db = openDatabase({ url: gateway.database.url, maxConnections: 1 });
    await sql.raw(`alter table audit_trail disable trigger all`).execute(db);
    await sql.raw(statement).execute(db);
    await sql.raw(`alter table audit_trail enable trigger all`).execute(db);
    await db.destroy();
  };
  const verify = async () => (await as('admin', 'GET', 'audit/verification')).body;

  it('is read newest first with names, page by page', async () => {
    await write(5);
    const first = (await as('admin', 'GET', 'audit?limit=3')).body;
    const second = (await as('admin', 'GET', `audit?limit=200&cursor=${first.nextCursor}`)).body;
    const sequences = [...first.items, ...second.items].map(({ sequence }: { sequence: number }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => b - a));
    expect(sequences.at(-1)).toBe(1);
    expect(second.items.find(({ action }: { action: string }) => action === 'dead-letter.replayed').actorName).toBe(
      'Name of admin',
    );
  });

  it('is searched by who, by what and by when', async () => {
    const found = async (query: string) => (await as('admin', 'GET', `audit?limit=200&${query}`)).body.items;
    const all = await found('');
    const [replayed] = all.filter(({ action }: { action: string }) => action === 'dead-letter.replayed');
    const mine = await found(`actorKind=person&actorId=${replayed.actorId}`);
    expect(mine).toEqual(all.filter(({ actorId }: { actorId: string }) => actorId === replayed.actorId));
    expect(mine.length).toBeGreaterThan(0);
    expect(await found('subjectType=area&subjectId=3')).toEqual(
      all.filter(
        (one: { subjectType: string; subjectId: string }) => one.subjectType === 'area' && one.subjectId === '3',
      ),
    );
    expect(await found('actorKind=device')).toEqual([]);
    expect(await found(`from=${replayed.at}`)).toEqual(all.filter(({ at }: { at: string }) => at >= replayed.at));
    expect(await found(`to=${replayed.at}`)).toEqual(all.filter(({ at }: { at: string }) => at < replayed.at));
    expect(await found("subjectId=' or true --")).toEqual([]);
    const first = (await as('admin', 'GET', 'audit?subjectType=area&limit=2')).body;
    const second = (await as('admin', 'GET', `audit?subjectType=area&limit=200&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(await found('subjectType=area'));
    for (const wrong of ['actorKind=nobody', 'from=yesterday', `subjectId=${'x'.repeat(141)}`])
      expect((await as('admin', 'GET', `audit?${wrong}`)).status).toBe(400);
  });

  it('stays whole under many writers at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => write(60)));
    const answer = await verify();
    expect(answer).toEqual({ entries: expect.any(Number), intact: true, firstBrokenSequence: null });
    expect(answer.entries).toBeGreaterThan(1200);
  });

  it('refuses changes even from our own account', async () => {
    for (const statement of ["update audit_trail set action = 'x'", 'delete from audit_trail', 'truncate audit_trail'])
      await expect(sql.raw(statement).execute(gateway.database.db)).rejects.toThrow('only grows');
  });

  it.each([
    [
      'a changed entry',
      `update audit_trail set change = '{"a":1}' where sequence = 1103`,
      `update audit_trail set change = (select change from audit_trail where sequence = 1102) where sequence = 1103`,
      1103,
    ],
    [
      'a changed time',
      `update audit_trail set at = at + interval '1 ms' where sequence = 7`,
      `update audit_trail set at = at - interval '1 ms' where sequence = 7`,
      7,
    ],
    ['a forged hash', `update audit_trail set hash = sha256('x') where sequence = 20`, '', 20],
  ])('finds %s', async (_, breaking, mending, sequence) => {
    await tamper(breaking);
    expect(await verify()).toMatchObject({ intact: false, firstBrokenSequence: sequence });
    if (mending) {
      await tamper(mending);
      expect((await verify()).intact).toBe(true);
    }
  });

  it('finds a removed entry', async () => {
    await tamper('delete from audit_trail where sequence = 12');
    expect(await verify()).toMatchObject({ intact: false, firstBrokenSequence: 12 });
  });
});

it('tells that it is stopping, and that its database is away', async () => {
  const { HealthRegistry } = await import('@sc/platform/health');
  const health = gateway.app.get(HealthRegistry);
  health.register({ name: 'broken', check: () => Promise.reject(new Error('secret host name')), needed: false });
  health.register({ name: 'slow', check: () => new Promise(() => undefined), timeoutMs: 20 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const answer = await gateway.call('GET', '/readyz');
  expect([answer.status, answer.body.status]).toEqual([503, 'unavailable']);
  expect(answer.body.checks).toMatchObject({
    database: { status: 'up' },
    broken: { status: 'down' },
    slow: { status: 'down' },
  });
  expect(JSON.stringify(answer.body)).not.toContain('secret');
  health.onModuleDestroy();
  const stopping = await gateway.call('GET', '/readyz');
  expect([stopping.status, stopping.body.status]).toEqual([503, 'shutting-down']);
});
