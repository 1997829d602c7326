import { type DynamicModule, Module } from '@nestjs/common';
import type { Domain } from '@sc/contracts';
import { AlarmsModule } from '@sc/features/alarms';
import { DetectionModule } from '@sc/features/detection';
import { DeviceRegistryModule } from '@sc/features/devices';
import { FAULT_HOOKS, type FaultHooks } from '@sc/platform/faults';
import { ChangeWriter } from './change-writer.js';
import { ConnectionState } from './connection-state.js';
import { DeadLetters } from './dead-letters.js';
import { DeviceLogin } from './device-login.js';
import { IngestController } from './ingest.controller.js';
import { DOMAINS, IngestService } from './ingest.service.js';
import { LastSeen } from './last-seen.js';
import { ReplayModule } from './replay.module.js';
import { BrokerSecurityLog } from './security-log.js';

export interface TelemetryOptions {
  /** Whose metrics are checked. */
  domains: readonly Domain[];
  faults: FaultHooks;
}

/** The ingest. Needs the global clock, database and logging modules and TIME_SERIES. */
@Module({})
export class TelemetryModule {
  static forRoot({ domains, faults }: TelemetryOptions): DynamicModule {
    return {
      module: TelemetryModule,
      imports: [DeviceRegistryModule, DetectionModule, AlarmsModule, ReplayModule],
      controllers: [IngestController],
      providers: [
        { provide: DOMAINS, useValue: domains },
        { provide: FAULT_HOOKS, useValue: faults },
        IngestService,
        ChangeWriter,
        ConnectionState,
        DeadLetters,
        DeviceLogin,
        LastSeen,
        BrokerSecurityLog,
      ],
      exports: [IngestService, ConnectionState, DeviceLogin, BrokerSecurityLog, DeviceRegistryModule],
    };
  }
}
