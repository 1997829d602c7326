import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AlarmsModule, AlarmWriter } from '@sc/features/alarms';
import { WorkOrdersModule, WorkOrdersService } from '@sc/features/work-orders';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DATABASE, type Database, DatabaseModule, UnitOfWork } from '@sc/platform/database';
import { startEmbeddedPostgres } from '@sc/platform/embedded-postgres';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { queueConnection, WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { Program } from '../../support/program.js';
import { poll } from '../campaign/poll.js';
import { Random } from '../campaign/random.js';
import { checkStorm, type Left, stuckIn } from './checks.js';
import { Dispatchers } from './dispatchers.js';
import { buildPlace, deviceOf, fateOf, type Place, ruleOf } from './place.js';
import { Staff } from './staff.js';

export interface StormOptions {
  queue: 'PostgreSQL' | 'Redis';
  /** Where the queue is, if not in PostgreSQL. */
  redisUrl: string | undefined;
  incidents: number;
  /** At least so many; as long as an incident waits for its order there are more. */
  kills: number;
  dispatchers: number;
  seed: number;
}

export interface StormResult extends Omit<StormOptions, 'redisUrl'>, Left {
  /** From the first alarm until every incident has its order, and until nothing is left to do. */
  orderedSeconds: number;
  doneSeconds: number;
  /** Last words of processes that ended by themselves. */
  ended: string[];
}

/** Judges "never", not "slowly". */
const limitMs = 1_200_000;
/** Alarms of one commit of the hot path. */
const [fewest, most] = [50, 500];

/** Incidents all over the place within seconds, and dispatch processes killed all the while. */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-community-storm-'));
  const database = process.env['TEST_DATABASE_URL'] ? await createTestDatabase() : await ownDatabase(folder);
  try {
    const environment = {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      LOG_LEVEL: 'warn',
      ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    };
    await new Program('prepare', [process.execPath, resolve('dist/apps/prepare/src/main.js')], environment).run();
    const app = await doors(environment);
    try {
      return await storm(options, app, environment);
    } finally {
      await app.close();
    }
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the product keeps it, on the disk. */
async function ownDatabase(dataDir: string): Promise<Pick<TestDatabase, 'url' | 'drop'>> {
  const postgres = await startEmbeddedPostgres({ dataDir, logger: createLogger('fatal') });
  return { url: postgres.url, drop: () => postgres.stop() };
}

async function storm(
  { redisUrl: _, ...options }: StormOptions,
  app: INestApplicationContext,
  environment: Record<string, string>,
): Promise<StormResult> {
  const db = app.get<Kysely<Database>>(DATABASE, { strict: false });
  const place = await buildPlace(db, options.incidents);
  const staff = new Staff(db, app.get(WorkOrdersService, { strict: false }), place);
  const dispatchers = new Dispatchers(environment, options.seed);
  try {
    await dispatchers.start(options.dispatchers);
    const from = performance.now();
    const seconds = () => (performance.now() - from) / 1000;
    dispatchers.strike();
    staff.start();
    await raiseAll(app, place, new Random(options.seed));
    await poll(
      () => ordersOf(db),
      (orders) => orders >= place.incidents,
      limitMs,
    );
    const orderedSeconds = seconds();
    await poll(
      async () => dispatchers.kills,
      (kills) => kills >= options.kills,
      limitMs,
    );
    await dispatchers.spare();
    await poll(
      () => stuckIn(db),
      (stuck) => stuck === 0,
      limitMs,
    );
    const left = await poll(() => checkStorm(db, place), isWell, limitMs);
    return {
      ...options,
      ...left,
      kills: dispatchers.kills,
      orderedSeconds,
      doneSeconds: seconds(),
      ended: dispatchers.ended,
    };
  } catch (error) {
    throw new Error(dispatchers.log(), { cause: error });
  } finally {
    await staff.stop();
    await dispatchers.stop();
  }
}

/** What the sensing process and the gateway do, without their own doors. */
function doors(environment: Record<string, string>): Promise<INestApplicationContext> {
  const settings = readSettings(environment);
  @Module({
    imports: [
      ClockModule,
      ConfigModule.forRoot(settings),
      LoggingModule.forRoot(createLogger('fatal')),
      DatabaseModule.forRoot(settings.DATABASE_URL!),
      HealthModule,
      FilesModule.forRoot(settings),
      WakeModule.forRoot({ connection: queueConnection(settings, settings.DATABASE_URL!) }),
      AlarmsModule,
      WorkOrdersModule,
    ],
  })
  class Doors {}
  return NestFactory.createApplicationContext(Doors, { logger: false, abortOnError: false });
}

/** In commits of chance, everything in an order of chance: begins first, then what ends and begins again. */
async function raiseAll(app: INestApplicationContext, { incidents }: Place, random: Random): Promise<void> {
  const all = random.shuffled(Array.from({ length: incidents }, (_, n) => n));
  const waves = [
    { kind: 'raise' as const, those: all },
    { kind: 'clear' as const, those: all.filter((n) => ['over', 'finished', 'flapping'].includes(fateOf(n))) },
    { kind: 'raise' as const, those: all.filter((n) => fateOf(n) === 'flapping') },
  ];
  for (const { kind, those } of waves)
    for (let rest = those; rest.length > 0;) {
      const size = random.between(fewest, most);
      await apply(app, kind, rest.slice(0, size));
      rest = rest.slice(size);
      await wait(random.between(0, 300));
    }
}

const apply = (app: INestApplicationContext, kind: 'raise' | 'clear', those: readonly number[]): Promise<void> =>
  app.get(UnitOfWork, { strict: false }).run((transaction) =>
    app.get(AlarmWriter, { strict: false }).apply(
      transaction,
      those.map((n) => ({
        kind,
        deviceId: deviceOf(n),
        ruleId: ruleOf(n),
        subject: '',
        ruleVersion: 1,
        at: Date.now(),
        cause: { kind: 'threshold' },
      })),
    ),
  );

async function ordersOf(db: Kysely<Database>): Promise<number> {
  const { orders } = await db
    .selectFrom('workOrders')
    .select(({ fn }) => fn.count<number>('incidentId').distinct().as('orders'))
    .executeTakeFirstOrThrow();
  return orders;
}

const isWell = ({ doubled, missing, stuck, toldTwice, toldNever, problems }: Left): boolean =>
  [doubled, missing, stuck, toldTwice, toldNever, problems.length].every((wrong) => wrong === 0);
