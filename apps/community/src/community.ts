import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureGateway, HttpsListener } from '@sc/apps/gateway';
import { createMqttStrategy } from '@sc/apps/sensing';
import { demoFilePath, seedDemo, type SeededDemo } from '@sc/features/demo';
import { PeopleService } from '@sc/features/identity';
import { decideSiteKind, type StartedSite } from '@sc/features/setup';
import { systemClock, systemIds } from '@sc/platform/clock';
import type { Settings } from '@sc/platform/config';
import { DATABASE, migrate, openDatabase, UnitOfWork } from '@sc/platform/database';
import { startEmbeddedPostgres } from '@sc/platform/embedded-postgres';
import { createHttpAdapter } from '@sc/platform/http';
import { acquireInstanceLock, assertPortFree } from '@sc/platform/instance-lock';
import { JobFailures, JobsStrategy, migrateQueue } from '@sc/platform/jobs';
import { createLogger, NestLogger } from '@sc/platform/logging';
import { CommunityModule } from './community.module.js';
import { registerHealthChecks } from './health-checks.js';
import type { CommunityOptions } from './options.js';
import { SimulatorsProcess } from './simulators-process.js';
import { Stops } from './stops.js';

export interface RunningCommunity {
  /** Left out on a site of its own. */
  demo?: SeededDemo;
  /** Makes the first administrator; for the terminal alone. */
  setupCode?: string;
  /** Stops everything in the reverse order of the start; what was acknowledged is kept. */
  stop(): Promise<void>;
}

const consoleFolder = fileURLToPath(new URL('../../../console', import.meta.url));
const jobConcurrency = 8;

/**
 * Starts the whole platform. After a failure whatever was started is stopped again.
 * @param progress told each finished step, for the terminal
 * @throws an Error whose message is one clear line for the person at the terminal
 */
export async function startCommunity(
  settings: Settings,
  options: CommunityOptions,
  environment: Record<string, string>,
  progress: (step: string) => void,
): Promise<RunningCommunity> {
  const stops = new Stops();
  try {
    await mkdir(settings.DATA_DIR, { recursive: true });
    const lock = await acquireInstanceLock(settings.DATA_DIR);
    stops.push('instance lock', () => lock.release());
    await assertPortFree(settings.HTTP_PORT, 'HTTP_PORT');
    await assertPortFree(settings.MQTT_PORT, 'MQTT_PORT');
    if (settings.HTTPS_PORT) await assertPortFree(settings.HTTPS_PORT, 'HTTPS_PORT');
    const logger = createLogger(settings.LOG_LEVEL, join(settings.DATA_DIR, 'logs', 'community.log'));

    const databaseUrl = await startDatabase(settings, logger, stops);
    progress('PostgreSQL is running');
    const site = await prepareDatabase(databaseUrl, settings, options);
    progress('database is up to date');

    const app = await NestFactory.create<NestFastifyApplication>(
      CommunityModule.forRoot({ settings, logger, databaseUrl, demo: site.kind === 'demo' }),
      createHttpAdapter(systemIds, settings.TRUSTED_PROXY),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    stops.push('services', () => app.close());
    const demo = site.kind === 'demo' ? await seed(app, settings) : undefined;
    if (demo) progress('demo community is there');

    await configureGateway(app, settings, consoleFolder);
    app.connectMicroservice({
      strategy: new JobsStrategy({
        url: databaseUrl,
        concurrency: jobConcurrency,
        database: app.get(DATABASE),
        failures: app.get(JobFailures),
        logger,
      }),
    });
    const mqtt = createMqttStrategy(app, { port: settings.MQTT_PORT });
    app.connectMicroservice({ strategy: mqtt });
    registerHealthChecks(app, mqtt);
    await app.init();
    await app.startAllMicroservices();
    await app.listen(settings.HTTP_PORT, '0.0.0.0');
    await app.get(HttpsListener).listen();
    progress('services are listening');

    // The simulated devices are the demo's: a site of its own has none.
    if (options.simulators && demo) {
      const simulators = await SimulatorsProcess.start(environment, settings.DATA_DIR);
      stops.push('simulators', () => simulators.stop());
      progress('simulated devices are connecting');
    }
    return {
      ...(demo ? { demo } : {}),
      ...(site.setupCode ? { setupCode: site.setupCode } : {}),
      stop: () => stops.run(logger),
    };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function startDatabase(
  settings: Settings,
  logger: ReturnType<typeof createLogger>,
  stops: Stops,
): Promise<string> {
  if (settings.DATABASE_URL) return settings.DATABASE_URL;
  const postgres = await startEmbeddedPostgres({ dataDir: settings.DATA_DIR, logger });
  stops.push('PostgreSQL', () => postgres.stop());
  return postgres.url;
}

/** Brings the schema up to date, and tells what this is the start of. */
async function prepareDatabase(url: string, settings: Settings, { empty }: CommunityOptions): Promise<StartedSite> {
  const database = openDatabase({ url, maxConnections: 2 });
  try {
    await migrate(database);
    const unitOfWork = new UnitOfWork(database, systemClock, systemIds);
    const hasDemoFile = existsSync(demoFilePath(settings.DATA_DIR));
    const site = await decideSiteKind({ unitOfWork, clock: systemClock, empty, hasDemoFile });
    await migrateQueue(url);
    return site;
  } finally {
    await database.destroy();
  }
}

function seed(app: NestFastifyApplication, settings: Settings): Promise<SeededDemo> {
  const people = app.get(PeopleService, { strict: false });
  return seedDemo({
    unitOfWork: app.get(UnitOfWork),
    clock: systemClock,
    ids: systemIds,
    dataDir: settings.DATA_DIR,
    createPerson: (person) => people.create(person),
    resetPassword: (login, password) => people.resetPassword(login, password),
  });
}
