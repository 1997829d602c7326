import type { INestApplicationContext } from '@nestjs/common';
import { DATABASE } from '@sc/platform/database';
import { JobFailures, JobsStrategy, type QueueConnection } from '@sc/platform/jobs';
import { LOGGER } from '@sc/platform/logging';

/** The transport that brings jobs to the handlers of this application. @param concurrency jobs at once; each may hold a database connection */
export function createJobsStrategy(
  app: INestApplicationContext,
  connection: QueueConnection,
  concurrency: number,
): JobsStrategy {
  return new JobsStrategy({
    connection,
    concurrency,
    database: app.get(DATABASE, { strict: false }),
    failures: app.get(JobFailures, { strict: false }),
    logger: app.get(LOGGER, { strict: false }),
  });
}
