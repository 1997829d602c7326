import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClockModule, systemClock } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DatabaseModule, openDatabase, whilePostgresIsAway } from '@sc/platform/database';
import { createLogger, LoggingModule, NestLogger } from '@sc/platform/logging';
import { DuckDbTimeSeries, TIME_SERIES } from '@sc/platform/time-series';
import { sql } from 'kysely';
import { createMqttStrategy, mqttSource } from './mqtt-strategy.js';
import { SensingModule } from './sensing.module.js';

/**
 * Sensing as a process of its own. Needs DATABASE_URL of a migrated PostgreSQL. The DuckDB file has one owner: while this
 * process runs, no other may serve readings from it.
 */
const settings = readSettings(process.env);
const logger = createLogger(settings.LOG_LEVEL);
if (!settings.DATABASE_URL) {
  logger.error('sensing on its own needs DATABASE_URL');
  process.exit(1);
}
const timeSeries = new DuckDbTimeSeries({ directory: `${settings.DATA_DIR}/readings` }, logger);

@Global()
@Module({ providers: [{ provide: TIME_SERIES, useValue: timeSeries }], exports: [TIME_SERIES] })
class ReadingsModule {}

@Module({
  imports: [
    ConfigModule.forRoot(settings),
    LoggingModule.forRoot(logger),
    ClockModule,
    DatabaseModule.forRoot(settings.DATABASE_URL),
    ReadingsModule,
    SensingModule.forRoot(),
  ],
})
class SensingProcess {}

/** A drain that hangs must not keep the process: what was acknowledged is on disk already. */
const drainLimitMs = 20_000;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => setTimeout(() => process.exit(1), drainLimitMs).unref());

try {
  const database = openDatabase({ url: settings.DATABASE_URL, maxConnections: 1 });
  await whilePostgresIsAway(() => sql`select 1`.execute(database), { clock: systemClock, logger });
  await database.destroy();
  const app = await NestFactory.create(SensingProcess, new FastifyAdapter(), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.connectMicroservice({ strategy: createMqttStrategy(app, mqttSource(settings)) });
  app.enableShutdownHooks();
  await app.init();
  await app.startAllMicroservices();
} catch (error) {
  logger.error({ reason: error instanceof Error ? error.message : String(error) }, 'sensing did not start');
  process.exit(1);
}
