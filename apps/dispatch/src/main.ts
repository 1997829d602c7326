import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AsyncMicroserviceOptions } from '@nestjs/microservices';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DATABASE, type Database, DatabaseModule, migrate, openDatabase } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { JobFailures, JobsModule, JobsStrategy, migrateQueue, WakeModule } from '@sc/platform/jobs';
import { createLogger, LOGGER, type Logger, LoggingModule, NestLogger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { DispatchModule } from './dispatch.module.js';

/** Jobs at once; each holds at most one of the 20 connections, and the relay and the sweep need some too. */
const concurrency = 12;

const settings = readSettings(process.env);
const logger = createLogger(settings.LOG_LEVEL);
const url = settings.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL is needed: the embedded PostgreSQL belongs to the all-in-one program');

@Module({
  imports: [
    ConfigModule.forRoot(settings),
    ClockModule,
    LoggingModule.forRoot(logger),
    DatabaseModule.forRoot(url),
    FilesModule.forRoot(settings.DATA_DIR),
    WakeModule.forRoot(),
    JobsModule.forRoot(url),
    DispatchModule,
  ],
})
class DispatchApp {}

const database = openDatabase({ url, maxConnections: 1 });
await migrate(database);
await database.destroy();
await migrateQueue(url);

const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(DispatchApp, {
  logger: new NestLogger(logger),
  inject: [DATABASE, JobFailures, LOGGER],
  useFactory: (db: Kysely<Database>, failures: JobFailures, log: Logger) => ({
    strategy: new JobsStrategy({ url, concurrency, database: db, failures, logger: log }),
  }),
});
app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
await app.listen();
logger.info({ concurrency }, 'dispatch is ready');
