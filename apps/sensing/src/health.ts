import type { INestApplicationContext } from '@nestjs/common';
import { telemetryMetrics } from '@sc/features/telemetry';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { HealthRegistry, Probes, Unwell } from '@sc/platform/health';
import type { MqttStatus } from '@sc/platform/mqtt';
import { BufferedTimeSeries } from '@sc/platform/time-series';

/** What sensing needs beside PostgreSQL, and what only it can measure. */
export function registerSensingHealth(app: INestApplicationContext, mqtt: { health(): MqttStatus }): void {
  const health = app.get(HealthRegistry, { strict: false });
  const series = app.get(BufferedTimeSeries, { strict: false });
  health.register({
    name: 'mqtt',
    check: async () => {
      const { stalledSince, disconnectedSince } = mqtt.health();
      if (disconnectedSince !== undefined) throw new Unwell('broker-disconnected');
      if (stalledSince !== undefined) throw new Unwell('acknowledgements-wait');
    },
  });
  const clock = app.get<Clock>(CLOCK, { strict: false });
  app.get(Probes, { strict: false }).add(() => {
    const { stalledSince } = mqtt.health();
    telemetryMetrics.stalledSeconds.set(stalledSince === undefined ? 0 : (clock.now() - stalledSince) / 1000);
    telemetryMetrics.bufferedReadings.set(series.bufferedReadings);
    telemetryMetrics.bufferedBytes.set(series.bufferedBytes);
  });
  // Alarms go on without it and the readings wait on disk: worse, but not down.
  health.register({
    name: 'time-series',
    needed: false,
    check: async () => {
      if (series.state !== 'direct') throw new Unwell(series.state);
    },
  });
}
