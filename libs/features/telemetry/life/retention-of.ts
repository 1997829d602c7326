import { defaultRetentionClass, type Domain, type RetentionClass, retentionDays } from '@sc/contracts';
import type { SeriesRetention } from '@sc/platform/time-series';

const dayMs = 86_400_000;

const retentions = Object.fromEntries(
  Object.entries(retentionDays).map(([name, { raw, minute, hour }]) => [
    name,
    { rawMs: raw * dayMs, minuteMs: minute * dayMs, hourMs: hour * dayMs },
  ]),
) as Record<RetentionClass, SeriesRetention>;

/**
 * How long each metric of each device is kept; one object per class. What no domain describes, and what a device that is gone
 * has left, is kept by the default class.
 */
export function retentionByMetric(
  domains: readonly Domain[],
  domainOf: (deviceId: string) => string | undefined,
): (deviceId: string, metric: string) => SeriesRetention {
  const classes = new Map(
    domains.map(({ name, metrics }) => [
      name,
      new Map(Object.entries(metrics).map(([metric, { retention }]) => [metric, retention])),
    ]),
  );
  return (deviceId, metric) => retentions[classes.get(domainOf(deviceId) ?? '')?.get(metric) ?? defaultRetentionClass];
}
