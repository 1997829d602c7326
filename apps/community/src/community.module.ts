import { type DynamicModule, Module } from '@nestjs/common';
import { DispatchModule } from '@sc/apps/dispatch';
import { GatewayModule } from '@sc/apps/gateway';
import { SensingModule } from '@sc/apps/sensing';
import { domains } from '@sc/domains';
import { unwantedJobs } from '@sc/features/notifications';
import { SystemModule } from '@sc/features/system';
import { TelemetryLifeModule } from '@sc/features/telemetry';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, type Settings } from '@sc/platform/config';
import { DatabaseModule } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthModule } from '@sc/platform/health';
import { JobsModule, queueConnection, WakeModule } from '@sc/platform/jobs';
import { type Logger, LoggingModule } from '@sc/platform/logging';
import { timeSeriesOptions, TimeSeriesModule } from '@sc/platform/time-series';

export interface CommunityModuleOptions {
  settings: Settings;
  logger: Logger;
  databaseUrl: string;
  demo: boolean;
}

/** Everything in one process. */
@Module({})
export class CommunityModule {
  static forRoot({ settings, logger, databaseUrl, demo }: CommunityModuleOptions): DynamicModule {
    return {
      module: CommunityModule,
      imports: [
        ClockModule,
        ConfigModule.forRoot(settings),
        LoggingModule.forRoot(logger),
        DatabaseModule.forRoot(databaseUrl),
        HealthModule,
        SystemModule.forRoot('community'),
        WakeModule.forRoot(),
        JobsModule.forRoot(queueConnection(settings, databaseUrl), unwantedJobs(settings)),
        FilesModule.forRoot(settings),
        TimeSeriesModule.forRoot(timeSeriesOptions(settings)),
        TelemetryLifeModule.forRoot(domains),
        SensingModule.forRoot({ faultHook: settings.FAULT_HOOK }),
        DispatchModule,
        GatewayModule.forRoot({ site: { demo, timeZone: settings.TIME_ZONE, mqttPort: settings.MQTT_PORT } }),
      ],
    };
  }
}
