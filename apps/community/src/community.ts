import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createJobsStrategy, registerDispatchHealth } from '@sc/apps/dispatch';
import { configureGateway, HttpsListener } from '@sc/apps/gateway';
import { prepareDatabase, prepareDemo } from '@sc/apps/prepare';
import { createMqttStrategy, mqttSource, registerSensingHealth } from '@sc/apps/sensing';
import type { SeededDemo } from '@sc/features/demo';
import { systemIds } from '@sc/platform/clock';
import type { Settings } from '@sc/platform/config';
import { startEmbeddedPostgres } from '@sc/platform/embedded-postgres';
import { createHttpAdapter } from '@sc/platform/http';
import { acquireInstanceLock, assertPortFree } from '@sc/platform/instance-lock';
import { queueConnection } from '@sc/platform/jobs';
import { createLogger, NestLogger } from '@sc/platform/logging';
import { CommunityModule } from './community.module.js';
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
    if (!settings.MQTT_URL) await assertPortFree(settings.MQTT_PORT, 'MQTT_PORT');
    if (settings.MQTTS_PORT && !settings.MQTT_URL) await assertPortFree(settings.MQTTS_PORT, 'MQTTS_PORT');
    if (settings.HTTPS_PORT) await assertPortFree(settings.HTTPS_PORT, 'HTTPS_PORT');
    const logger = createLogger(settings.LOG_LEVEL, join(settings.DATA_DIR, 'logs', 'community.log'));

    const databaseUrl = await startDatabase(settings, logger, stops);
    progress('PostgreSQL is running');
    const site = await prepareDatabase(databaseUrl, settings, options.empty);
    progress('database is up to date');

    const app = await NestFactory.create<NestFastifyApplication>(
      CommunityModule.forRoot({ settings, logger, databaseUrl, demo: site.kind === 'demo' }),
      createHttpAdapter(systemIds, settings.TRUSTED_PROXY),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    stops.push('services', () => app.close());
    const demo = site.kind === 'demo' ? await prepareDemo(app, settings.DATA_DIR) : undefined;
    if (demo) progress('demo community is there');

    await configureGateway(app, settings, consoleFolder);
    app.connectMicroservice({
      strategy: createJobsStrategy(app, queueConnection(settings, databaseUrl), jobConcurrency),
    });
    const mqtt = createMqttStrategy(app, await mqttSource(settings));
    app.connectMicroservice({ strategy: mqtt });
    registerSensingHealth(app, mqtt);
    registerDispatchHealth(app);
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
