import {
  defaultRetentionClass,
  type Domain,
  maxClockAheadMs,
  type Metric,
  type RejectReason,
  retentionDays,
} from '@sc/contracts';
import type { ReadingValue } from '@sc/platform/time-series';

const dayMs = 86_400_000;

/** Each name is a series that the time-series store keeps in memory: a device that makes up names must not fill it. */
const maxUnknownMetrics = 256;

/** What the domains say about the values of a metric. */
export class MetricCatalogue {
  private readonly metrics = new Map<string, Map<string, Metric>>();
  private readonly limiting = new Map<string, ReadonlySet<string>>();
  private readonly unknown = new Map<string, Set<string>>();

  constructor(domains: readonly Domain[]) {
    for (const { name, metrics } of domains) {
      this.metrics.set(name, new Map(Object.entries(metrics)));
      const limits = new Set(Object.values(metrics).flatMap(({ atMost }) => atMost ?? []));
      if (limits.size > 0) this.limiting.set(name, limits);
    }
  }

  of(domain: string): ReadonlyMap<string, Metric> | undefined {
    return this.metrics.get(domain);
  }

  /** The metrics that others of the domain cannot exceed; `undefined`: there are none. */
  limits(domain: string): ReadonlySet<string> | undefined {
    return this.limiting.get(domain);
  }

  domainsWithLimits(): string[] {
    return [...this.limiting.keys()];
  }

  /** Whether a metric that no domain describes may be stored: of one device only so many. */
  admitUnknown(deviceId: string, metric: string): boolean {
    let names = this.unknown.get(deviceId);
    if (!names) this.unknown.set(deviceId, (names = new Set()));
    if (names.has(metric)) return true;
    if (names.size >= maxUnknownMetrics) return false;
    names.add(metric);
    return true;
  }
}

/** Why this value cannot be kept, or undefined. A metric that nobody described is kept as it is. */
export function rejectValue(metric: Metric | undefined, value: ReadingValue): RejectReason | undefined {
  if (!metric) return undefined;
  if (typeof value !== metric.type && typeof value !== metric.alsoType) return 'wrong-type';
  if (typeof value !== 'number') return undefined;
  if ((metric.min !== undefined && value < metric.min) || (metric.max !== undefined && value > metric.max))
    return 'value-out-of-range';
  return undefined;
}

/** Why this time cannot be right, or undefined. */
export function rejectTime(metric: Metric | undefined, ts: number, receivedAt: number): RejectReason | undefined {
  if (ts > receivedAt + maxClockAheadMs) return 'clock-ahead';
  const { raw } = retentionDays[metric?.retention ?? defaultRetentionClass];
  if (ts < receivedAt - raw * dayMs) return 'too-old';
  return undefined;
}
