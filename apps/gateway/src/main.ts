import 'reflect-metadata';
import { join, resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isDemoSite } from '@sc/features/setup';
import { SystemModule } from '@sc/features/system';
import { ClockModule, systemIds } from '@sc/platform/clock';
import { ConfigModule } from '@sc/platform/config';
import { DatabaseModule, openDatabase } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { createHttpAdapter } from '@sc/platform/http';
import { queueConnection, WakeModule } from '@sc/platform/jobs';
import { LoggingModule, NestLogger } from '@sc/platform/logging';
import { type ProcessBase, runProcess } from '@sc/platform/process';
import { influxOptions, TimeSeriesModule } from '@sc/platform/time-series';
import { configureGateway } from './configure-gateway.js';
import { GatewayModule } from './gateway.module.js';
import { HttpsListener } from './https-listener.js';

// dist/apps/gateway/src → dist/console
const consoleFolder = resolve(join(import.meta.dirname, '../../../console'));

/** The gateway as a process of its own; as many as wanted. DATA_DIR holds the photos and is shared with dispatch. */
await runProcess(
  'gateway',
  process.env,
  async (base) => {
    const app = await NestFactory.create<NestFastifyApplication>(
      await modules(base),
      createHttpAdapter(systemIds, base.settings.TRUSTED_PROXY),
      { logger: new NestLogger(base.logger), abortOnError: false },
    );
    await configureGateway(app, base.settings, consoleFolder);
    return app;
  },
  (app) => app.get(HttpsListener).listen(),
);

/** @throws Error without INFLUX_URL: the embedded store of readings belongs to the process that writes it */
async function modules({ settings, logger, databaseUrl }: ProcessBase) {
  const influx = influxOptions(settings);
  if (!influx) throw new Error('the gateway on its own needs INFLUX_URL: the embedded store has one process');
  const demo = await isDemo(databaseUrl);
  @Module({
    imports: [
      ClockModule,
      ConfigModule.forRoot(settings),
      LoggingModule.forRoot(logger),
      DatabaseModule.forRoot(databaseUrl),
      FilesModule.forRoot(settings),
      WakeModule.forRoot({ connection: queueConnection(settings, databaseUrl) }),
      HealthModule,
      SystemModule.forRoot('gateway'),
      TimeSeriesModule.forReading(influx),
      GatewayModule.forRoot({ site: { demo, timeZone: settings.TIME_ZONE, mqttPort: settings.MQTT_PORT } }),
    ],
  })
  class GatewayProcess {}
  return GatewayProcess;
}

async function isDemo(url: string): Promise<boolean> {
  const database = openDatabase({ url, maxConnections: 1 });
  try {
    return await isDemoSite(database);
  } finally {
    await database.destroy();
  }
}
