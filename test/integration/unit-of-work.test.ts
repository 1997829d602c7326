import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent } from '@sc/contracts';
import { systemClock, systemIds } from '@sc/platform/clock';
import {
  auditHash,
  genesisHash,
  isTransientDatabaseError,
  keepHouse,
  lastOutboxPosition,
  migrate,
  readOutbox,
  send,
  UnitOfWork,
} from '@sc/platform/database';
import { sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const event = (subjectId: string): DomainEvent => ({
  type: 'device.changed.v1',
  payload: { deviceId: 'c1/d1', change: 'updated' },
  areaId: null,
  subjectId,
});

describe('unit of work', () => {
  let test: TestDatabase;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    test = await createTestDatabase();
    unitOfWork = new UnitOfWork(test.db, systemClock, systemIds);
  }, 60_000);

  afterAll(async () => {
    await test?.drop();
  });

  it('keeps nothing of a transaction that fails: no event, no audit entry, no job', async () => {
    const before = await lastOutboxPosition(test.db);
    await expect(
      unitOfWork.run(async ({ emit, audit, schedule }) => {
        emit(event('lost'));
        audit({
          actor: { kind: 'system', id: 'test' },
          action: 'area.updated',
          subjectType: 'area',
          subjectId: 'x',
          change: {},
        });
        schedule({ name: 'open-incident', subject: 'lost', payload: { eventId: systemIds.next() } });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await readOutbox(test.db, before, 10)).toEqual([]);
    expect(await test.db.selectFrom('auditTrail').select('sequence').execute()).toEqual([]);
    expect(await test.db.selectFrom('jobs').select('id').execute()).toEqual([]);
  });

  it('never shows a reader a position smaller than one it has seen, however late a transaction commits', async () => {
    const seen: number[] = [];
    let stop = false;
    const reader = (async () => {
      let position = await lastOutboxPosition(test.db);
      while (!stop) {
        for (const found of await readOutbox(test.db, position, 7)) {
          seen.push(found.position);
          position = found.position;
        }
      }
    })();
    const before = await lastOutboxPosition(test.db);
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        unitOfWork.run(async ({ db, emit }) => {
          emit(event(`e${i}`));
          // every third dawdles between its first statement and its commit
          await sql`select pg_sleep(${i % 3 === 0 ? 0.05 : 0})`.execute(db);
          emit(event(`e${i}b`));
        }),
      ),
    );
    const all = await readOutbox(test.db, before, 1000);
    for (let i = 0; i < 200 && seen.length < all.length; i += 1) await sleep(20);
    stop = true;
    await reader;
    expect(all).toHaveLength(120);
    expect(seen).toEqual(all.map(({ position }) => position));
  });

  it('chains audit entries written at the same time, each covering the one before', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        unitOfWork.run(async ({ audit }) =>
          audit({
            actor: { kind: 'person', id: `p${i}` },
            action: 'device.updated',
            subjectType: 'device',
            subjectId: `c1/d${i}`,
            change: { b: { y: i, x: [1, null, 'ü'] }, a: undefined },
          }),
        ),
      ),
    );
    const rows = await test.db.selectFrom('auditTrail').selectAll().orderBy('sequence').execute();
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    let previous: Buffer = genesisHash;
    for (const row of rows) {
      expect(row.previousHash.equals(previous)).toBe(true);
      const record = {
        actor: { kind: row.actorKind, id: row.actorId },
        action: row.action,
        subjectType: row.subjectType,
        subjectId: row.subjectId,
        change: row.change,
      };
      expect(auditHash(previous, row.sequence, row.at, record).equals(row.hash)).toBe(true);
      previous = row.hash;
    }
  });

  it('hashes what the database gives back, whatever was handed over, and takes a storm of entries', async () => {
    const hostile = {
      at: new Date(0),
      bytes: Buffer.from('ab'),
      numbers: [1e21, 1e-7, -0, 0.1 + 0.2, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53 + 2, NaN, Infinity],
      nested: { 'b"\\': [undefined, () => 1], a: undefined, é: '\u2028' },
    };
    const last = async () =>
      test.db.selectFrom('auditTrail').selectAll().orderBy('sequence', 'desc').limit(1).executeTakeFirstOrThrow();
    const { sequence, hash } = await last();
    const many = 7000;
    await unitOfWork.run(async ({ audit }) => {
      for (let i = 0; i < many; i += 1) {
        const change: Record<string, unknown> = { ...hostile, i };
        audit({
          actor: { kind: 'system', id: 'test' },
          action: 'area.updated',
          subjectType: 'area',
          subjectId: 'x',
          change,
        });
        change['i'] = 'changed after it was handed over';
      }
    });
    const rows = await test.db
      .selectFrom('auditTrail')
      .selectAll()
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .execute();
    expect(rows).toHaveLength(many);
    let previous: Buffer = hash;
    for (const [i, row] of rows.entries()) {
      const record = { ...row, actor: { kind: row.actorKind, id: row.actorId } };
      if (!auditHash(previous, sequence + i + 1, row.at, record).equals(row.hash))
        throw new Error(`entry ${i} differs`);
      previous = row.hash;
    }
    expect(rows[5]!.change).toEqual(JSON.parse(JSON.stringify({ ...hostile, i: 5 })));
    await expect(
      unitOfWork.run(async ({ audit }) =>
        audit({
          actor: { kind: 'system', id: 'test' },
          action: 'area.updated',
          subjectType: 'area',
          subjectId: 'x',
          change: { big: 1n },
        }),
      ),
    ).rejects.toThrow(TypeError);
    expect(await last()).toMatchObject({ sequence: sequence + many });
  }, 60_000);

  it('takes more events and jobs in one transaction than one statement can', async () => {
    const before = await lastOutboxPosition(test.db);
    await unitOfWork.run(async ({ emit, schedule }) => {
      for (let i = 0; i < 10_000; i += 1) {
        emit(event(`storm${i}`));
        schedule({ name: 'open-incident', subject: `storm${i}`, payload: { eventId: systemIds.next() } });
      }
    });
    expect(await readOutbox(test.db, before, 20_000)).toHaveLength(10_000);
    const jobs = await test.db.deleteFrom('jobs').where('subject', 'like', 'storm%').executeTakeFirst();
    expect(jobs.numDeletedRows).toBe(10_000n);
    await test.db.deleteFrom('outbox').where('subjectId', 'like', 'storm%').execute();
  }, 60_000);

  it('refuses to change or delete what is in the audit trail', async () => {
    await expect(test.db.updateTable('auditTrail').set({ action: 'nothing happened' }).execute()).rejects.toThrow(
      /only grows/,
    );
    await expect(test.db.deleteFrom('auditTrail').execute()).rejects.toThrow(/only grows/);
  });

  it('keeps house: old events and done jobs go, what somebody still needs stays', async () => {
    const day = 86_400_000;
    const now = Date.now();
    const old = new UnitOfWork(test.db, { now: () => now - 20 * day }, systemIds);
    const before = await lastOutboxPosition(test.db);
    await old.run(async ({ emit }) => ['needed', 'spent', 'last'].forEach((subject) => emit(event(subject))));
    const [needed, spent, last] = await readOutbox(test.db, before, 10);
    await old.run(async ({ schedule }) => {
      schedule({ name: 'send-webhook', subject: needed!.id, payload: { eventId: needed!.id } });
      schedule({ name: 'send-webhook', subject: spent!.id, payload: { eventId: spent!.id } });
    });
    await test.db
      .updateTable('jobs')
      .set({ state: 'done', finishedAt: new Date(now - 20 * day) })
      .where('subject', '=', spent!.id)
      .execute();
    // not yet relayed: nothing may go
    expect((await keepHouse(test.db, now)).outbox).toBe(0);
    await test.db.insertInto('relayCursors').values({ name: 'jobs', position: last!.position }).execute();
    await keepHouse(test.db, now);
    expect((await readOutbox(test.db, before, 10)).map(({ subjectId }) => subjectId)).toEqual(['needed', 'last']);
    expect(
      (await test.db.selectFrom('jobs').select('subject').where('name', '=', 'send-webhook').execute()).map(
        ({ subject }) => subject,
      ),
    ).toEqual([needed!.id]);
  });

  it('migrates an up-to-date database, by several processes at once, to the same', async () => {
    expect(await Promise.all([migrate(test.db), migrate(test.db)])).toEqual([[], []]);
  });

  describe('a statement nobody waits for', () => {
    const impossible = () => sql`select 1 / 0`.compile(test.db);
    const keep = (subject: string) => ({
      name: 'open-incident' as const,
      subject,
      payload: { eventId: systemIds.next() },
    });
    const kept = async (subject: string) =>
      (await test.db.selectFrom('jobs').select('id').where('subject', '=', subject).execute()).length;

    it('fails the transaction with its own error when it is the last', async () => {
      const outcome = unitOfWork.run(async ({ db, schedule, emit }) => {
        schedule(keep('last'));
        emit(event('last'));
        await send(db, impossible());
      });
      await expect(outcome).rejects.toMatchObject({ code: '22012' });
      expect(await kept('last')).toBe(0);
    });

    it('fails it with its own error also when a later one was waited for', async () => {
      const outcome = unitOfWork.run(async ({ db, schedule }) => {
        schedule(keep('middle'));
        await send(db, impossible());
        await sql`select 1`.execute(db);
      });
      await expect(outcome).rejects.toMatchObject({ code: '22012' });
      expect(await kept('middle')).toBe(0);
    });

    it('is done before those after it, however many', async () => {
      await sql`create table jobs_of_a_test (n int)`.execute(test.db);
      const seen = await unitOfWork.run(async ({ db }) => {
        for (let n = 0; n < 300; n += 1) await send(db, sql`insert into jobs_of_a_test values (${n})`.compile(db));
        return (await sql<{ n: number }>`select n from jobs_of_a_test`.execute(db)).rows.map(({ n }) => n);
      });
      expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => n));
    });

    it('leaves a connection that is used again, also when it died with it', async () => {
      const outcome = unitOfWork.run(async ({ db, schedule }) => {
        schedule(keep('died'));
        await send(db, sql`select pg_terminate_backend(pg_backend_pid())`.compile(db));
      });
      const error: unknown = await outcome.catch((reason: unknown) => reason);
      expect(isTransientDatabaseError(error)).toBe(true);
      expect(await kept('died')).toBe(0);
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => unitOfWork.run(async ({ schedule }) => schedule(keep(`after-${n}`)))),
      );
      expect(await kept('after-19')).toBe(1);
    });

    it('is waited for outside a transaction', async () => {
      await expect(send(test.db, impossible())).rejects.toMatchObject({ code: '22012' });
    });
  });
});
