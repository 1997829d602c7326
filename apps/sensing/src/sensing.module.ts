import { type DynamicModule, Module } from '@nestjs/common';
import { domains } from '@sc/domains';
import { FrigateCodec, PictureRequests, ReconciliationModule } from '@sc/features/cameras';
import { TelemetryModule } from '@sc/features/telemetry';
import { faultHooks } from '@sc/platform/faults';

export interface SensingOptions {
  /** Only for fault tests: `between-commits:n` ends the process there for the n-th time. */
  faultHook?: string;
}

/** From MQTT to stored readings and alarms. Needs the global config, clock, logging and database modules and a global TIME_SERIES. */
@Module({})
export class SensingModule {
  static forRoot(options: SensingOptions = {}): DynamicModule {
    const telemetry = TelemetryModule.forRoot({
      domains,
      faults: faultHooks(options.faultHook),
      codecs: [new FrigateCodec()],
      follower: PictureRequests,
    });
    return { module: SensingModule, imports: [telemetry, ReconciliationModule], exports: [telemetry] };
  }
}
