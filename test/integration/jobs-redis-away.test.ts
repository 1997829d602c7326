import { type INestApplication, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { jobNames } from '@sc/contracts';
import { ClockModule } from '@sc/platform/clock';
import { DATABASE, DatabaseModule, UnitOfWork } from '@sc/platform/database';
import {
  JOB_QUEUE,
  type Job,
  JobClaims,
  JobFailures,
  type JobQueue,
  JobsModule,
  JobsStrategy,
  type QueueConnection,
  QueueUnavailableError,
  WakeModule,
} from '@sc/platform/jobs';
import { createLogger, LOGGER, LoggingModule } from '@sc/platform/logging';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const redis = await provide('redis', { control: true });

/** A strategy that hands every kind of job to one function. */
class OneHandler extends JobsStrategy {
  constructor(
    options: ConstructorParameters<typeof JobsStrategy>[0],
    private readonly handler: (job: Job) => Promise<void>,
  ) {
    super(options);
  }

  override getHandlerByPattern() {
    return (async (job: Job) => this.handler(job)) as never;
  }
}

describeWith(redis, 'a Redis that goes away', ({ url, kill, restart, freeze, thaw, stop }) => {
  const connection: QueueConnection = { kind: 'redis', url };
  let test: TestDatabase;
  let app: INestApplication;
  const ran = new Map<string, number>();
  /** While this is closed handlers wait, so that tickets are certain to lie in Redis. */
  let gate = Promise.resolve();
  const closeGate = (): (() => void) => {
    let openGate = (): void => undefined;
    gate = new Promise<void>((resolve) => (openGate = resolve));
    return openGate;
  };

  const schedule = (subjects: readonly string[]) =>
    app.get(UnitOfWork).run(async (tx) => {
      for (const subject of subjects)
        tx.schedule({ name: 'open-incident', subject, payload: { eventId: randomUUID() } });
    });
  const open = async () =>
    (await test.db.selectFrom('jobs').select('id').where('state', '=', 'pending').execute()).length;
  const subjects = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const queue = () => app.get<JobQueue>(JOB_QUEUE);

  async function start(): Promise<INestApplication> {
    @Module({
      imports: [
        ClockModule,
        LoggingModule.forRoot(createLogger('silent')),
        DatabaseModule.forRoot(test.url),
        WakeModule.forRoot(),
        JobsModule.forRoot(connection),
      ],
    })
    class App {}
    const made = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication(
      new FastifyAdapter(),
    );
    const strategy = new OneHandler(
      {
        connection,
        concurrency: 4,
        database: made.get(DATABASE),
        failures: made.get(JobFailures),
        logger: made.get(LOGGER),
      },
      async (job) => {
        await gate;
        await made.get(UnitOfWork).run(async (tx) => {
          if (await made.get(JobClaims).claim(tx, job)) ran.set(job.subject, (ran.get(job.subject) ?? 0) + 1);
        });
      },
    );
    made.connectMicroservice({ strategy });
    await made.startAllMicroservices();
    await made.init();
    return made;
  }

  beforeAll(async () => {
    expect(jobNames).toContain('open-incident');
    test = await createTestDatabase();
    app = await start();
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await stop();
    await test?.drop();
  }, 60_000);

  /** Every one of them has run, and none twice. */
  async function allDone(names: readonly string[]): Promise<void> {
    await waitUntil(async () => (await open()) === 0, 60_000);
    expect(names.map((name) => ran.get(name))).toEqual(names.map(() => 1));
  }

  it('forgets everything, and nothing is lost: the sweep adds it again', async () => {
    const client = new Redis(url);
    const names = subjects('flushed', 200);
    const openGate = closeGate();
    await schedule(names);
    await waitUntil(async () => ((await queue().counts())['waiting'] ?? 0) > 150);
    await client.flushall();
    client.disconnect();
    openGate();
    await allDone(names);
  }, 120_000);

  it('is killed with its memory, and what was asked for meanwhile is done when it is back', async () => {
    const before = subjects('before', 100);
    const openGate = closeGate();
    await schedule(before);
    await waitUntil(async () => ((await queue().counts())['waiting'] ?? 0) > 50);
    await kill();
    openGate();
    const during = subjects('during', 100);
    await schedule(during);
    await waitUntil(async () => {
      const error: unknown = await queue()
        .counts()
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      return error instanceof QueueUnavailableError;
    });
    await expect(queue().add([], 0)).resolves.toBeUndefined();
    const job = { id: randomUUID(), name: 'open-incident' as const, attempts: 0, dueAt: new Date() };
    await expect(queue().add([job], 0)).rejects.toThrow(QueueUnavailableError);
    await restart();
    await allDone([...before, ...during]);
    await waitUntil(() =>
      queue()
        .counts()
        .then(
          () => true,
          () => false,
        ),
    );
  }, 120_000);

  it('is frozen: asking ends with an error, and work goes on when it is thawed', async () => {
    await freeze();
    const names = subjects('frozen', 50);
    await schedule(names);
    await expect(queue().counts()).rejects.toThrow();
    await thaw();
    await allDone(names);
  }, 120_000);

  it('is away when the program starts and when it stops', async () => {
    await app.close();
    await kill();
    app = await start();
    const names = subjects('early', 20);
    await schedule(names);
    await expect(queue().counts()).rejects.toThrow(QueueUnavailableError);
    await app.close();
    app = await start();
    await restart();
    await allDone(names);
  }, 120_000);
});
