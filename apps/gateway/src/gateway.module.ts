import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AlarmLoadHttpModule } from '@sc/features/alarm-load';
import { AlarmsHttpModule } from '@sc/features/alarms';
import { AuditHttpModule } from '@sc/features/audit';
import { BackTestsHttpModule } from '@sc/features/back-test';
import { CalendarsHttpModule } from '@sc/features/calendars';
import { CamerasHttpModule } from '@sc/features/cameras';
import { CatalogueHttpModule } from '@sc/features/catalogue';
import { DetectionHttpModule } from '@sc/features/detection';
import { DevicesHttpModule } from '@sc/features/devices';
import { DirectoryHttpModule } from '@sc/features/directory';
import { EvaluationHttpModule } from '@sc/features/evaluation';
import { EscalationHttpModule } from '@sc/features/escalation';
import { ExportsHttpModule } from '@sc/features/exports';
import { HandoversHttpModule } from '@sc/features/handovers';
import { AccessGuard, IdentityHttpModule } from '@sc/features/identity';
import { LiveHttpModule } from '@sc/features/live';
import { MapHttpModule } from '@sc/features/map';
import { NotificationsHttpModule } from '@sc/features/notifications';
import { ResidentsHttpModule } from '@sc/features/residents';
import { ReportsHttpModule } from '@sc/features/reports';
import { RoundsHttpModule } from '@sc/features/rounds';
import { SavedFiltersHttpModule } from '@sc/features/saved-filters';
import { SetupHttpModule } from '@sc/features/setup';
import { StaffingHttpModule } from '@sc/features/staffing';
import { SystemHttpModule } from '@sc/features/system';
import { TelemetryHttpModule } from '@sc/features/telemetry';
import { WorkOrdersHttpModule } from '@sc/features/work-orders';
import { HealthHttpModule } from '@sc/platform/health';
import { ProblemFilter, validationPipe } from '@sc/platform/http';
import { BoundedStop } from './bounded-stop.js';
import { HttpsListener } from './https-listener.js';
import { SITE_FACTS, SiteController, type SiteFacts } from './site.controller.js';

export interface GatewayOptions {
  site: SiteFacts;
}

const features = [
  IdentityHttpModule,
  SetupHttpModule,
  DirectoryHttpModule,
  CatalogueHttpModule,
  CalendarsHttpModule,
  DetectionHttpModule,
  DevicesHttpModule,
  TelemetryHttpModule,
  ExportsHttpModule,
  BackTestsHttpModule,
  AlarmLoadHttpModule,
  AlarmsHttpModule,
  CamerasHttpModule,
  EscalationHttpModule,
  WorkOrdersHttpModule,
  EvaluationHttpModule,
  StaffingHttpModule,
  ReportsHttpModule,
  RoundsHttpModule,
  ResidentsHttpModule,
  MapHttpModule,
  NotificationsHttpModule,
  HandoversHttpModule,
  SavedFiltersHttpModule,
  AuditHttpModule,
  SystemHttpModule,
  LiveHttpModule,
];

/**
 * The HTTP side of every feature. Needs the global modules of clock, settings, logging, database, wake, health and a
 * global provider of TIME_SERIES.
 */
@Module({})
export class GatewayModule {
  static forRoot({ site }: GatewayOptions): DynamicModule {
    return {
      module: GatewayModule,
      imports: [HealthHttpModule, ...features],
      controllers: [SiteController],
      providers: [
        BoundedStop,
        HttpsListener,
        { provide: SITE_FACTS, useValue: site },
        { provide: APP_GUARD, useExisting: AccessGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
