import 'reflect-metadata';
import { join, resolve } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClockModule, systemIds } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DatabaseModule } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { createHttpAdapter } from '@sc/platform/http';
import { WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule, NestLogger } from '@sc/platform/logging';
import { TIME_SERIES } from '@sc/platform/time-series';
import { awayTimeSeries } from './away-time-series.js';
import { configureGateway } from './configure-gateway.js';
import { GatewayModule } from './gateway.module.js';
import { HttpsListener } from './https-listener.js';

/**
 * The gateway as a process of its own. Needs DATABASE_URL of a migrated PostgreSQL, and DATA_DIR of the attachments. The
 * embedded store of readings belongs to the sensing process, so readings answer `unavailable` here.
 */
const settings = readSettings(process.env);
const logger = createLogger(settings.LOG_LEVEL);
if (!settings.DATABASE_URL) {
  logger.error('the gateway on its own needs DATABASE_URL');
  process.exit(1);
}

@Global()
@Module({ providers: [{ provide: TIME_SERIES, useValue: awayTimeSeries }], exports: [TIME_SERIES] })
class ReadingsModule {}

@Module({
  imports: [
    ClockModule,
    ConfigModule.forRoot(settings),
    LoggingModule.forRoot(logger),
    DatabaseModule.forRoot(settings.DATABASE_URL),
    FilesModule.forRoot(settings.DATA_DIR),
    WakeModule.forRoot(),
    HealthModule,
    ReadingsModule,
    GatewayModule.forRoot({ site: { demo: false, timeZone: settings.TIME_ZONE, mqttPort: settings.MQTT_PORT } }),
  ],
})
class GatewayProcess {}

const app = await NestFactory.create<NestFastifyApplication>(
  GatewayProcess,
  createHttpAdapter(systemIds, settings.TRUSTED_PROXY),
  {
    logger: new NestLogger(logger),
  },
);
// dist/apps/gateway/src → dist/console
await configureGateway(app, settings, resolve(join(import.meta.dirname, '../../../console')));
app.enableShutdownHooks();
await app.listen(settings.HTTP_PORT, '0.0.0.0');
await app.get(HttpsListener).listen();
logger.info({ port: settings.HTTP_PORT }, 'gateway listens');
