import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Domain } from '@sc/contracts';
import { DeviceRegistry } from '@sc/features/devices';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { LOGGER, type Logger } from '@sc/platform/logging';
import {
  DiskSpace,
  type MaintainedTimeSeries,
  type MaintenanceStep,
  type SeriesRetention,
  TIME_SERIES_LIFE,
} from '@sc/platform/time-series';
import { ClockJumps } from './clock-jumps.js';
import { lifeMetrics } from './life-metrics.js';
import { retentionByMetric } from './retention-of.js';

/** Injection token of the `readonly Domain[]` whose metrics name their retention. */
export const LIFE_DOMAINS = Symbol('LifeDomains');

const everyMs = 60_000;
/** What expires goes by the hour. While the disk is full it is looked for each time. */
const expireEveryMs = 3_600_000;
/** After a step as long a pause as it took, so that upkeep takes at most half of what one thread can do; within these. */
const leastPauseMs = 200;
const mostPauseMs = 30_000;

/** Runs the upkeep of the stored readings, in the process that writes them. A step that fails is tried again a minute later. */
@Injectable()
export class TelemetryLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly retentionOf: (deviceId: string, metric: string) => SeriesRetention;
  private readonly clockJumps = new ClockJumps();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private expiredAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(TIME_SERIES_LIFE) private readonly series: MaintainedTimeSeries,
    @Inject(DiskSpace) private readonly disk: DiskSpace,
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(LIFE_DOMAINS) domains: readonly Domain[],
  ) {
    this.retentionOf = retentionByMetric(domains, (deviceId) => this.registry.get(deviceId)?.domain);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), everyMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** Everything that is due now, step by step. Never rejects. */
  run(): Promise<void> {
    return (this.running ??= this.upkeep()
      .catch((error: unknown) => this.failed(error))
      .finally(() => (this.running = undefined)));
  }

  private async upkeep(): Promise<void> {
    const now = this.clock.now();
    const trusted = this.clockJumps.trusts(now);
    // Compaction needs room before it gives some back.
    if (this.disk.state !== 'full') await this.repeat('compact', now);
    if (this.disk.state !== 'full' && now - this.expiredAt < expireEveryMs && now >= this.expiredAt) return;
    if (!trusted) return this.logger.warn({}, 'the clock jumped, nothing is deleted for a day');
    // Without the devices every metric would seem to be one that nobody describes.
    await this.registry.ready();
    await this.repeat('expire', now);
    if (!this.stopping.signal.aborted) this.expiredAt = now;
  }

  private async repeat(what: 'compact' | 'expire', now: number): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const step = await this.series[what]({ now, retentionOf: this.retentionOf, signal });
      if (!step) return;
      const tookMs = performance.now() - startedAt;
      this.tell(step, tookMs);
      await wait(Math.min(Math.max(tookMs, leastPauseMs), mostPauseMs), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  private tell({ did, readings, rollUps }: MaintenanceStep, tookMs: number): void {
    lifeMetrics.steps.observe({ step: did }, tookMs / 1000);
    if (did === 'compacted') lifeMetrics.compacted.inc(readings);
    else {
      lifeMetrics.expired.inc({ kind: 'reading' }, readings);
      lifeMetrics.expired.inc({ kind: 'roll-up' }, rollUps);
    }
    this.logger.info({ did, readings, rollUps, tookMs: Math.round(tookMs) }, 'upkeep of readings');
  }

  private failed(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    lifeMetrics.failures.inc();
    this.logger.warn({ error: String(error) }, 'upkeep of readings failed, tried again in a minute');
  }
}
