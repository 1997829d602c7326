import type { Database } from '@sc/platform/database';
import type { ReadingValue, TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import type { MetricCatalogue } from './metric-catalogue.js';

/** How many devices one look for last readings is about. */
const chunk = 100;

interface Known {
  ts: number;
  value: number;
}

/** The newest values of metrics that other metrics cannot exceed: what a lot said last about its capacity. */
export class LimitValues {
  private readonly devices = new Map<string, Map<string, Known>>();

  constructor(private readonly catalogue: MetricCatalogue) {}

  /** What was known before the restart. @throws when a store is away */
  async load(timeSeries: TimeSeries, db: Kysely<Database>): Promise<void> {
    const domains = this.catalogue.domainsWithLimits();
    if (domains.length === 0) return;
    const devices = await db
      .selectFrom('devices')
      .select(['id', 'domain'])
      .where('state', '=', 'registered')
      .where('domain', 'in', domains)
      .execute();
    const domainOf = new Map(devices.map(({ id, domain }) => [id, domain]));
    for (let start = 0; start < devices.length; start += chunk) {
      const ids = devices.slice(start, start + chunk).map(({ id }) => id);
      for (const { deviceId, metric, ts, value } of await timeSeries.last(ids))
        if (this.catalogue.limits(domainOf.get(deviceId) ?? '')?.has(metric)) this.learn(deviceId, metric, ts, value);
    }
  }

  of(deviceId: string, metric: string): number | undefined {
    return this.devices.get(deviceId)?.get(metric)?.value;
  }

  learn(deviceId: string, metric: string, ts: number, value: ReadingValue): void {
    if (typeof value !== 'number') return;
    let known = this.devices.get(deviceId);
    if (!known) this.devices.set(deviceId, (known = new Map()));
    if (ts >= (known.get(metric)?.ts ?? 0)) known.set(metric, { ts, value });
  }

  forget(deviceId: string): void {
    this.devices.delete(deviceId);
  }
}
