import type { INestApplication } from '@nestjs/common';
import { systemClock } from '@sc/platform/clock';
import { readSettings, type Settings } from '@sc/platform/config';
import { assertMigrated, openDatabase, whilePostgresIsAway } from '@sc/platform/database';
import { createLogger, type Logger } from '@sc/platform/logging';

/** What each program of a deployment in several processes begins with. */
export interface ProcessBase {
  settings: Settings;
  logger: Logger;
  databaseUrl: string;
}

/** A drain that hangs must not keep the process: what was acknowledged is on disk already. */
const drainLimitMs = 20_000;

/**
 * Runs one program of several: settings, patience with PostgreSQL and with the `prepare` step, `/healthz`, `/readyz` and
 * `/metrics` on HTTP_PORT, an orderly stop. What keeps it from starting is one line, and the exit code 1.
 * @param start makes the application, with its transports connected, not yet listening; it holds the health routes
 */
export async function runProcess(
  name: string,
  environment: Record<string, string | undefined>,
  start: (base: ProcessBase) => Promise<INestApplication>,
  listening: (app: INestApplication) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  let logger: Logger | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => setTimeout(() => process.exit(1), drainLimitMs).unref());
  try {
    const settings = readSettings(environment);
    logger = createLogger(settings.LOG_LEVEL);
    const databaseUrl = settings.DATABASE_URL;
    if (!databaseUrl) throw new Error(`${name} on its own needs DATABASE_URL of a PostgreSQL that prepare has seen`);
    await waitForTables(databaseUrl, logger);
    const app = await start({ settings, logger, databaseUrl });
    app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
    await app.init();
    await app.listen(settings.HTTP_PORT, '0.0.0.0');
    await listening(app);
    await app.startAllMicroservices();
    logger.info({ port: settings.HTTP_PORT }, `${name} is ready`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (logger) logger.error({ reason }, `${name} did not start`);
    else process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}

async function waitForTables(url: string, logger: Logger): Promise<void> {
  const database = openDatabase({ url, maxConnections: 1 });
  try {
    await whilePostgresIsAway(() => assertMigrated(database), { clock: systemClock, logger });
  } finally {
    await database.destroy();
  }
}
