import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IdentityModule } from '@sc/features/identity';
import { ClockModule, systemClock } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DatabaseModule, whilePostgresIsAway } from '@sc/platform/database';
import { createLogger, LoggingModule, NestLogger } from '@sc/platform/logging';
import { prepareDatabase } from './prepare-database.js';
import { prepareDemo } from './prepare-demo.js';

/**
 * The step before a deployment in several processes: tables, and with `--demo` the demo community, whose logins go to
 * DATA_DIR/secrets/demo.json. Run it once for each version; again it changes nothing.
 */
const settings = readSettings(process.env);
const logger = createLogger(settings.LOG_LEVEL);
const url = settings.DATABASE_URL;

try {
  if (!url) throw new Error('DATABASE_URL is needed: the embedded PostgreSQL belongs to the all-in-one program');
  await whilePostgresIsAway(() => prepareDatabase(url, settings), { clock: systemClock, logger });
  logger.info('database is up to date');
  if (process.argv.includes('--demo')) await seed(url);
} catch (error) {
  logger.error({ reason: error instanceof Error ? error.message : String(error) }, 'not prepared');
  process.exitCode = 1;
}

async function seed(databaseUrl: string): Promise<void> {
  @Module({
    imports: [
      ConfigModule.forRoot(settings),
      ClockModule,
      LoggingModule.forRoot(logger),
      DatabaseModule.forRoot(databaseUrl),
      IdentityModule,
    ],
  })
  class PrepareProcess {}
  const app = await NestFactory.createApplicationContext(PrepareProcess, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  try {
    await prepareDemo(app, settings.DATA_DIR);
    logger.info('demo community is there');
  } finally {
    await app.close();
  }
}
