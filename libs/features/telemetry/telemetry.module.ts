import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { Domain } from '@sc/contracts';
import { AlarmsModule } from '@sc/features/alarms';
import { DetectionModule } from '@sc/features/detection';
import { DeviceRegistryModule } from '@sc/features/devices';
import { FAULT_HOOKS, type FaultHooks } from '@sc/platform/faults';
import type { BridgeCodec } from './bridge-codec.js';
import { BRIDGE_CODECS, BridgeMessages } from './bridge-messages.js';
import { ChangeWriter } from './change-writer.js';
import { ConnectionState } from './connection-state.js';
import { DeadLetters } from './dead-letters.js';
import { DeviceLogin } from './device-login.js';
import { DeviceVitals } from './device-vitals.js';
import { EVENT_FOLLOWER, type EventFollower } from './event-follower.js';
import { IngestController } from './ingest.controller.js';
import { DOMAINS, IngestService } from './ingest.service.js';
import { LastSeen } from './last-seen.js';
import { ReplayModule } from './replay.module.js';
import { BrokerSecurityLog } from './security-log.js';

export interface TelemetryOptions {
  /** Whose metrics are checked. */
  domains: readonly Domain[];
  faults: FaultHooks;
  /** The languages of bridges. */
  codecs: readonly BridgeCodec[];
  /** Whom events of devices concern beside detection. */
  follower?: Type<EventFollower>;
}

/** The ingest. Needs the global clock, database and logging modules and TIME_SERIES. */
@Module({})
export class TelemetryModule {
  static forRoot({ domains, faults, codecs, follower }: TelemetryOptions): DynamicModule {
    return {
      module: TelemetryModule,
      imports: [DeviceRegistryModule, DetectionModule, AlarmsModule, ReplayModule],
      controllers: [IngestController],
      providers: [
        { provide: DOMAINS, useValue: domains },
        { provide: FAULT_HOOKS, useValue: faults },
        { provide: BRIDGE_CODECS, useValue: codecs },
        ...(follower ? [{ provide: EVENT_FOLLOWER, useClass: follower }] : []),
        BridgeMessages,
        IngestService,
        ChangeWriter,
        ConnectionState,
        DeadLetters,
        DeviceLogin,
        LastSeen,
        DeviceVitals,
        BrokerSecurityLog,
      ],
      exports: [IngestService, ConnectionState, DeviceLogin, BrokerSecurityLog, DeviceRegistryModule],
    };
  }
}
