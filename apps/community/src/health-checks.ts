import type { INestApplicationContext } from '@nestjs/common';
import { HealthRegistry } from '@sc/platform/health';
import { JOB_QUEUE, type JobQueue } from '@sc/platform/jobs';
import type { MqttStatus } from '@sc/platform/mqtt';
import { BufferedTimeSeries } from '@sc/platform/time-series';

/** A code that the health report shows; the health registry hides everything else about an error. */
class Unwell extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What else must work for the main job, beside PostgreSQL. */
export function registerHealthChecks(app: INestApplicationContext, mqtt: { health(): MqttStatus }): void {
  const health = app.get(HealthRegistry, { strict: false });
  const series = app.get(BufferedTimeSeries, { strict: false });
  const queue = app.get<JobQueue>(JOB_QUEUE, { strict: false });
  health.register({
    name: 'mqtt',
    check: async () => {
      const { stalledSince, disconnectedSince } = mqtt.health();
      if (disconnectedSince !== undefined) throw new Unwell('broker-disconnected');
      if (stalledSince !== undefined) throw new Unwell('acknowledgements-wait');
    },
  });
  // Alarms go on without it and the readings wait on disk: worse, but not down.
  health.register({
    name: 'time-series',
    needed: false,
    check: async () => {
      if (series.state !== 'direct') throw new Unwell(series.state);
    },
  });
  health.register({
    name: 'queue',
    check: async () => {
      await queue.counts();
    },
  });
}
