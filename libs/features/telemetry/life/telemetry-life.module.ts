import { type DynamicModule, Module } from '@nestjs/common';
import type { Domain } from '@sc/contracts';
import { DeviceRegistryModule } from '@sc/features/devices';
import { LifeProbe } from './life-probe.js';
import { LIFE_DOMAINS, TelemetryLife } from './telemetry-life.js';

/** Upkeep of stored readings, for the one process that writes them. Needs the global clock, health, logging and time-series modules. */
@Module({})
export class TelemetryLifeModule {
  static forRoot(domains: readonly Domain[]): DynamicModule {
    return {
      module: TelemetryLifeModule,
      imports: [DeviceRegistryModule],
      providers: [{ provide: LIFE_DOMAINS, useValue: domains }, TelemetryLife, LifeProbe],
      exports: [TelemetryLife],
    };
  }
}
