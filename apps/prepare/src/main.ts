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
 * The step before a deployment in several processes: tables; with `--demo` the demo community, whose logins go to
 * DATA_DIR/secrets/demo.json, without it the one-time code for the first administrator, until there is one.
 */
const settings = readSettings(process.env);
const logger = createLogger(settings.LOG_LEVEL);
const url = settings.DATABASE_URL;

try {
  if (!url) throw new Error('DATABASE_URL is needed: the embedded PostgreSQL belongs to the all-in-one program');
  const empty = !process.argv.includes('--demo');
  const site = await whilePostgresIsAway(() => prepareDatabase(url, settings, empty), { clock: systemClock, logger });
  logger.info('database is up to date');
  if (site.kind === 'demo') await seed(url);
  // For the person at the terminal alone, so not through the log.
  else if (site.setupCode)
    process.stdout.write(`One-time code for the first administrator · 首位管理员的一次性代码: ${site.setupCode}\n`);
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
