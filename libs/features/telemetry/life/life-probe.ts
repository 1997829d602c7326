import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthRegistry, Probes, Unwell } from '@sc/platform/health';
import { DiskSpace, type MaintainedTimeSeries, TIME_SERIES_LIFE } from '@sc/platform/time-series';
import { lifeMetrics } from './life-metrics.js';

/** Says how much is stored and how much room is left, in health and metrics. */
@Injectable()
export class LifeProbe implements OnModuleInit {
  constructor(
    @Inject(TIME_SERIES_LIFE) private readonly series: MaintainedTimeSeries,
    @Inject(DiskSpace) private readonly disk: DiskSpace,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Probes) private readonly probes: Probes,
  ) {}

  onModuleInit(): void {
    this.health.register({
      name: 'disk',
      check: async () => {
        if (this.disk.state === 'full') throw new Unwell('disk-full');
      },
    });
    // In time for a person to make room; everything still works.
    this.health.register({
      name: 'disk-space',
      needed: false,
      check: async () => {
        if (this.disk.state !== 'plenty') throw new Unwell('disk-low');
      },
    });
    this.probes.add(() => this.measure());
  }

  private async measure(): Promise<void> {
    if (this.disk.freeBytes !== undefined) lifeMetrics.diskBytes.set({ kind: 'free' }, this.disk.freeBytes);
    lifeMetrics.diskBytes.set({ kind: 'reserve' }, this.disk.reserveBytes);
    const { readings, rollUps, fileBytes, usedBytes, memoryBytes } = await this.series.usage();
    // Another machine's store is measured there.
    if (readings === undefined || fileBytes === undefined || usedBytes === undefined) return;
    lifeMetrics.rows.set({ kind: 'reading' }, readings);
    lifeMetrics.rows.set({ kind: 'roll-up' }, rollUps ?? 0);
    lifeMetrics.bytes.set({ kind: 'file' }, fileBytes);
    lifeMetrics.bytes.set({ kind: 'used' }, usedBytes);
    if (memoryBytes !== undefined) lifeMetrics.bytes.set({ kind: 'memory' }, memoryBytes);
    // Below that the figure is about the empty file.
    if (readings >= 100_000) lifeMetrics.bytesPerMillion.set((usedBytes / readings) * 1e6);
  }
}
