import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureGateway } from '@sc/apps/gateway';
import { createMqttStrategy } from '@sc/apps/sensing';
import { seedDemo, type SeededDemo } from '@sc/features/demo';
import { PeopleService } from '@sc/features/identity';
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
  demo: SeededDemo;
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
    const logger = createLogger(settings.LOG_LEVEL, join(settings.DATA_DIR, 'logs', 'community.log'));

    const databaseUrl = await startDatabase(settings, logger, stops);
    progress('PostgreSQL is running');
    await prepareDatabase(databaseUrl);
    progress('database is up to date');

    const app = await NestFactory.create<NestFastifyApplication>(
      CommunityModule.forRoot({ settings, logger, databaseUrl, demo: true }),
      createHttpAdapter(systemIds),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    stops.push('services', () => app.close());
    const people = app.get(PeopleService, { strict: false });
    const demo = await seedDemo({
      unitOfWork: app.get(UnitOfWork),
      clock: systemClock,
      ids: systemIds,
      dataDir: settings.DATA_DIR,
      createPerson: (person) => people.create(person),
      resetPassword: (login, password) => people.resetPassword(login, password),
    });
    progress('demo community is there');

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
    progress('services are listening');

    if (options.simulators) {
      const simulators = await SimulatorsProcess.start(environment, settings.DATA_DIR);
      stops.push('simulators', () => simulators.stop());
      progress('simulated devices are connecting');
    }
    return { demo, stop: () => stops.run(logger) };
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

async function prepareDatabase(url: string): Promise<void> {
  const database = openDatabase({ url, maxConnections: 2 });
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
  await migrateQueue(url);
}
