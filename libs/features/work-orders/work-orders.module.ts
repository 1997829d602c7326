import { Module } from '@nestjs/common';
import { AlarmsModule } from '@sc/features/alarms';
import { CalendarsModule } from '@sc/features/calendars';
import { Catalogue, CatalogueModule } from '@sc/features/catalogue';
import { DirectoryModule } from '@sc/features/directory';
import { EscalationModule } from '@sc/features/escalation';
import { OrderAccess } from './access.js';
import { CaseIntake } from './case-intake.js';
import { CaseReports } from './case-reports.service.js';
import { Choosing } from './choosing.js';
import { Dispatcher } from './dispatcher.js';
import { Helpers } from './helpers.js';
import { IncidentDecisions } from './incident-decisions.service.js';
import { IncidentJoining } from './incident-joining.js';
import { IncidentSplitting } from './incident-splitting.js';
import { IncidentSteps } from './incident-steps.js';
import { Incidents } from './incidents.js';
import { Matters } from './matters.js';
import { OrderClocks } from './order-clock.js';
import { OrderClockView } from './order-clock-view.js';
import { OrderHanding } from './order-handing.js';
import { OrderIntake } from './order-intake.js';
import { OrderLedger } from './order-ledger.js';
import { OrderMerging } from './order-merging.js';
import { OrderProof } from './order-proof.js';
import { SensorDoubt } from './sensor-doubt.js';
import { SensorProof } from './sensor-proof.js';
import { SharedCauses } from './shared-causes.js';
import { SideFlows } from './side-flows.js';
import { Suspending } from './suspending.js';
import { WORK_ORDER_TEMPLATES } from './templates.js';
import { Urges } from './urges.js';
import { WorkOrdersService } from './work-orders.service.js';

const providers = [
  OrderAccess,
  Incidents,
  IncidentSteps,
  IncidentJoining,
  IncidentSplitting,
  IncidentDecisions,
  Matters,
  SharedCauses,
  Choosing,
  Dispatcher,
  OrderIntake,
  SensorProof,
  OrderClocks,
  OrderClockView,
  OrderLedger,
  OrderHanding,
  OrderProof,
  OrderMerging,
  SideFlows,
  Suspending,
  Urges,
  Helpers,
  SensorDoubt,
  CaseIntake,
  CaseReports,
  WorkOrdersService,
];

/** Orders and incidents, and what people do with them. Needs the database and the logging module. */
@Module({
  imports: [AlarmsModule, CalendarsModule, CatalogueModule, DirectoryModule, EscalationModule],
  providers: [...providers, { provide: WORK_ORDER_TEMPLATES, useExisting: Catalogue }],
  exports: providers,
})
export class WorkOrdersModule {}
