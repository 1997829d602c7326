import { Controller, Module } from '@nestjs/common';
import { type INestApplication } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { jobNames, type JobName } from '@sc/contracts';
import { ClockModule, systemClock } from '@sc/platform/clock';
import { DATABASE, DatabaseModule, UnitOfWork } from '@sc/platform/database';
import {
  JOB_QUEUE,
  type Job,
  JobClaims,
  JobFailures,
  JobHandler,
  JobFeeder,
  type JobQueue,
  JobsModule,
  JobsStrategy,
  migrateQueue,
  type QueueConnection,
  UnrecoverableJobError,
  Wake,
  WakeModule,
} from '@sc/platform/jobs';
import { createLogger, LOGGER, LoggingModule } from '@sc/platform/logging';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const tested = {
  'open-incident': 1,
  'follow-incident': 1,
  'notify-people': 1,
  'send-webhook': 1,
  'escalate-work-order': 1,
} satisfies Partial<Record<JobName, 1>>;
const done: string[] = [];
let failTimes = 0;
let answer = (): void => undefined;
const slow = { begun: 0, answered: Promise.resolve() };

@Controller()
class Handlers {
  constructor(
    private readonly claims: JobClaims,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @JobHandler('open-incident')
  async open(@Payload() job: Job<'open-incident'>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.claims.claim(tx, job))) return;
      if (failTimes-- > 0) throw new Error('not yet');
      done.push(job.subject);
    });
  }

  @JobHandler('follow-incident')
  async follow(@Payload() job: Job<'follow-incident'>): Promise<void> {
    await this.claims.finish(job);
  }

  @JobHandler('notify-people')
  async notify(@Payload() job: Job<'notify-people'>): Promise<void> {
    await this.claims.finish(job);
  }

  @JobHandler('send-webhook')
  async webhook(@Payload() job: Job<'send-webhook'>): Promise<void> {
    if (!job.subject.startsWith('slow')) throw new UnrecoverableJobError('gone');
    slow.begun += 1;
    await slow.answered;
    await this.claims.finish(job);
  }

  @JobHandler('escalate-work-order')
  async escalate(@Payload() job: Job<'escalate-work-order'>): Promise<void> {
    await this.claims.finish(job);
    done.push(job.subject);
  }
}

/** Kinds of jobs that these tests are not about. */
@Controller()
class OtherHandlers {
  constructor(private readonly claims: JobClaims) {}

  async finish(job: Job): Promise<void> {
    await this.claims.finish(job);
  }
}
for (const name of jobNames) {
  if (name in tested) continue;
  const value = async function (this: OtherHandlers, job: Job) {
    await this.finish(job);
  };
  Object.defineProperty(OtherHandlers.prototype, name, { value });
  Payload()(OtherHandlers.prototype, name, 0);
  JobHandler(name)(OtherHandlers.prototype, name, { value });
}

@Controller()
class OnlyOne {
  @JobHandler('open-incident')
  open(): void {}
}

async function start(
  test: TestDatabase,
  connection: QueueConnection,
  controllers: (new (...args: never[]) => object)[],
): Promise<INestApplication> {
  @Module({
    imports: [
      ClockModule,
      LoggingModule.forRoot(createLogger('error')),
      DatabaseModule.forRoot(test.url),
      WakeModule.forRoot(),
      JobsModule.forRoot(connection),
    ],
    controllers,
  })
  class App {}
  const app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication(
    new FastifyAdapter(),
  );
  app.connectMicroservice({
    strategy: new JobsStrategy({
      connection,
      concurrency: 4,
      database: app.get(DATABASE),
      failures: app.get(JobFailures),
      logger: app.get(LOGGER),
    }),
  });
  return app;
}

const redis = await provide('redis');

describe('jobs on PostgreSQL', () => theSameOn(({ url }) => ({ kind: 'postgres', url })));
describeWith(redis, 'jobs on Redis', ({ url, stop }) => {
  theSameOn(() => ({ kind: 'redis', url }));
  afterAll(() => stop());
});

function theSameOn(connectionOf: (test: TestDatabase) => QueueConnection): void {
  let test: TestDatabase;
  let app: INestApplication;

  const stateOf = async (name: JobName, subject: string) =>
    (
      await test.db
        .selectFrom('jobs')
        .select('state')
        .where('name', '=', name)
        .where('subject', '=', subject)
        .executeTakeFirst()
    )?.state;
  const raise = (uow: UnitOfWork) =>
    uow.run(async ({ emit }) =>
      emit({
        type: 'alarm.changed.v1',
        areaId: null,
        subjectId: 'a',
        payload: {
          alarmId: randomUUID(),
          deviceId: 'c1/d1',
          ruleId: 'r',
          domain: 'fire',
          severity: 'severe',
          areaId: 'r1',
          state: 'acknowledged',
          at: new Date(0).toISOString(),
          action: 'acknowledge',
        },
      }),
    );

  beforeAll(async () => {
    test = await createTestDatabase();
    done.length = 0;
    slow.begun = 0;
    slow.answered = new Promise<void>((resolve) => (answer = resolve));
    await migrateQueue(connectionOf(test));
    app = await start(test, connectionOf(test), [Handlers, OtherHandlers]);
    await app.startAllMicroservices();
    await app.init();
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await test?.drop();
  }, 60_000);

  it('runs a job asked for in a transaction, once, however often it is asked for', async () => {
    const uow = app.get(UnitOfWork);
    const request = { name: 'open-incident' as const, subject: 'twice', payload: { eventId: randomUUID() } };
    await Promise.all([
      uow.run(async ({ schedule }) => schedule(request)),
      uow.run(async ({ schedule }) => schedule(request)),
    ]);
    await waitUntil(async () => (await stateOf('open-incident', 'twice')) === 'done');
    expect(done.filter((subject) => subject === 'twice')).toHaveLength(1);
  });

  it('does nothing for a transaction that did not commit', async () => {
    const uow = app.get(UnitOfWork);
    await expect(
      uow.run(async ({ schedule }) => {
        schedule({ name: 'open-incident', subject: 'rolled-back', payload: { eventId: randomUUID() } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await stateOf('open-incident', 'rolled-back')).toBeUndefined();
  });

  it('retries a failing handler alone and keeps its effect out until it succeeds', async () => {
    failTimes = 1;
    await app
      .get(UnitOfWork)
      .run(async ({ schedule }) =>
        schedule({ name: 'open-incident', subject: 'flaky', payload: { eventId: randomUUID() } }),
      );
    await waitUntil(async () => (await stateOf('open-incident', 'flaky')) === 'done');
    expect(done.filter((subject) => subject === 'flaky')).toHaveLength(1);
  });

  it('writes one job for each handler of an event; the one that cannot succeed is dead-lettered, the other runs', async () => {
    await raise(app.get(UnitOfWork));
    const event = await test.db
      .selectFrom('outbox')
      .selectAll()
      .where('type', '=', 'alarm.changed.v1')
      .orderBy('position', 'desc')
      .executeTakeFirstOrThrow();
    await waitUntil(async () => (await stateOf('send-webhook', event.id)) === 'dead');
    await waitUntil(async () => (await stateOf('follow-incident', event.id)) === 'done');
    const letter = await test.db
      .selectFrom('outbox')
      .selectAll()
      .where('type', '=', 'dead-letter.added.v1')
      .executeTakeFirst();
    expect(letter?.payload).toMatchObject({ kind: 'job', count: 1 });
  });

  it('brings back a due job that the queue has lost', async () => {
    // as after a crash between the commit and the hand-over, with a queue that knows nothing of it
    const id = randomUUID();
    const queue = app.get<JobQueue>(JOB_QUEUE);
    const job = { id, name: 'escalate-work-order' as const, attempts: 0, dueAt: new Date(Date.now() - 60_000) };
    await test.db
      .insertInto('jobs')
      .values({
        ...job,
        subject: 'lost:0',
        payload: JSON.stringify({ workOrderId: randomUUID(), level: 0 }),
        state: 'pending',
        createdAt: new Date(),
      })
      .execute();
    expect(await queue.stateOf(job)).toBe('gone');
    await waitUntil(async () => (await stateOf('escalate-work-order', 'lost:0')) === 'done');
  });

  it('ignores a ticket that is delivered again after the job is done', async () => {
    const row = await test.db.selectFrom('jobs').selectAll().where('subject', '=', 'twice').executeTakeFirstOrThrow();
    await app.get<JobQueue>(JOB_QUEUE).add([{ ...row, attempts: 99 }], Date.now());
    await app
      .get(UnitOfWork)
      .run(async ({ schedule }) =>
        schedule({ name: 'open-incident', subject: 'after', payload: { eventId: randomUUID() } }),
      );
    await waitUntil(async () => (await stateOf('open-incident', 'after')) === 'done');
    expect(done.filter((subject) => subject === 'twice')).toHaveLength(1);
  });

  it('runs life-safety jobs at once while fifty webhooks wait for a receiver that does not answer', async () => {
    const uow = app.get(UnitOfWork);
    await uow.run(async ({ schedule }) => {
      for (let i = 0; i < 50; i += 1)
        schedule({ name: 'send-webhook', subject: `slow${i}`, payload: { eventId: randomUUID() } });
    });
    await waitUntil(() => slow.begun > 0);
    await uow.run(async ({ schedule }) => {
      for (let i = 0; i < 20; i += 1)
        schedule({ name: 'open-incident', subject: `urgent${i}`, payload: { eventId: randomUUID() } });
    });
    await waitUntil(() => done.filter((subject) => subject.startsWith('urgent')).length === 20);
    const states = async () =>
      (
        await test.db
          .selectFrom('jobs')
          .select(['subject', 'state'])
          .where('subject', 'like', 'slow%')
          .where('state', '=', 'done')
          .execute()
      ).length;
    expect(await states()).toBe(0);
    answer();
    await waitUntil(async () => (await states()) === 50);
    expect(slow.begun).toBe(50);
  }, 60_000);

  it('sees a new life-safety job behind more overdue webhooks than it looks at, and sweeps it', async () => {
    const other = await createTestDatabase();
    try {
      await sql`insert into jobs (id, name, subject, payload, due_at, state, created_at)
        select gen_random_uuid(), 'send-webhook', 'old' || i, '{}', now() - interval '1 day', 'pending', now()
        from generate_series(1, 20500) i`.execute(other.db);
      const subject = randomUUID();
      await other.db
        .insertInto('jobs')
        .values({
          id: subject,
          name: 'open-incident',
          subject,
          payload: '{}',
          dueAt: new Date(Date.now() - 60_000),
          state: 'pending',
          createdAt: new Date(),
        })
        .execute();
      const added: string[][] = [];
      const queue = {
        add: async (jobs: { name: string }[]) => void added.push(jobs.map(({ name }) => name)),
        stateOf: async ({ name }: { name: string }) => (name === 'send-webhook' ? 'waiting' : 'gone'),
      } as unknown as JobQueue;
      const feeder = new JobFeeder(other.db, queue, systemClock, createLogger('silent'), app.get(Wake));
      await feeder.feedOnce('default');
      expect(await feeder.feedOnce('outside')).toBe(true);
      expect(added.flat().filter((name) => name === 'open-incident')).toHaveLength(1);
      added.length = 0;
      await feeder.sweepOnce();
      expect(added).toEqual([['open-incident']]);
    } finally {
      await other.drop();
    }
  }, 60_000);

  it('does not wait for ever for a worker that holds a ticket: its lock may end in an hour, when the clock was set back', async () => {
    const other = await createTestDatabase();
    try {
      const id = randomUUID();
      await other.db
        .insertInto('jobs')
        .values({
          ...{ id, name: 'open-incident', subject: id, payload: '{}', state: 'pending' },
          dueAt: new Date(Date.now() - 60_000),
          createdAt: new Date(),
        })
        .execute();
      const added: unknown[] = [];
      const queue = {
        add: async (jobs: { id: string; again?: number }[]) => void added.push(...jobs.map(({ again }) => again)),
        stateOf: async () => 'held',
      } as unknown as JobQueue;
      const feeder = new JobFeeder(other.db, queue, systemClock, createLogger('silent'), app.get(Wake));
      for (let look = 0; look < 14; look += 1) await feeder.sweepOnce();
      expect(added).toEqual([]);
      for (let look = 0; look < 16; look += 1) await feeder.sweepOnce();
      expect(added).toEqual([1, 2]);
    } finally {
      await other.drop();
    }
  }, 60_000);

  it('does at once what was to be done at once, though the clock was set back since', async () => {
    const other = await createTestDatabase();
    try {
      const now = Date.now();
      const ahead = now + 3_600_000;
      const jobAt = async (dueAt: number, createdAt: number) => {
        const id = randomUUID();
        await other.db
          .insertInto('jobs')
          .values({
            ...{ id, name: 'open-incident', subject: id, payload: '{}', state: 'pending' },
            ...{ dueAt: new Date(dueAt), createdAt: new Date(createdAt) },
          })
          .execute();
        return id;
      };
      const added: string[] = [];
      const queue = {
        add: async (jobs: { id: string }[]) => void added.push(...jobs.map(({ id }) => id)),
        stateOf: async () => 'waiting',
      } as unknown as JobQueue;
      const clock = { now: () => ahead };
      const feederOf = () => new JobFeeder(other.db, queue, clock, createLogger('silent'), app.get(Wake));
      const feeder = feederOf();
      const sweepAndFeed = async (one: JobFeeder) => {
        await one.sweepOnce();
        await one.feedOnce('default');
      };
      await sweepAndFeed(feeder);
      const atOnce = await jobAt(ahead, ahead);
      // For later: that is what was meant, by whatever clock.
      await jobAt(ahead + 600_000, ahead);
      await jobAt(now + 600_000, now);
      clock.now = () => now;
      await feeder.feedOnce('default');
      expect(added).toEqual([]);
      await sweepAndFeed(feeder);
      expect(added).toEqual([atOnce]);
      // A process that is started by the right clock.
      const before = await jobAt(ahead, ahead);
      await sweepAndFeed(feederOf());
      expect(added).toContain(before);
      expect(added).toHaveLength(3);
    } finally {
      await other.drop();
    }
  }, 60_000);

  it('refuses to start when a kind of job has no handler', async () => {
    const lame = await start(test, connectionOf(test), [OnlyOne]);
    await expect(lame.startAllMicroservices()).rejects.toThrow(/no handler for the jobs/);
    await lame.close();
  });
}
