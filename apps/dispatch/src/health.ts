import type { INestApplicationContext } from '@nestjs/common';
import { HealthRegistry } from '@sc/platform/health';
import { JOB_QUEUE, type JobQueue } from '@sc/platform/jobs';

/** What dispatch needs beside PostgreSQL. */
export function registerDispatchHealth(app: INestApplicationContext): void {
  const queue = app.get<JobQueue>(JOB_QUEUE, { strict: false });
  app.get(HealthRegistry, { strict: false }).register({
    name: 'queue',
    check: async () => {
      await queue.counts();
    },
  });
}
