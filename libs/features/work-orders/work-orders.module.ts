import { Module } from '@nestjs/common';
import { domains, domainByName } from '@sc/domains';
import { AlarmsModule } from '@sc/features/alarms';
import { DirectoryModule } from '@sc/features/directory';
import { OrderAccess } from './access.js';
import { Dispatcher } from './dispatcher.js';
import { IncidentDecisions } from './incident-decisions.service.js';
import { IncidentJoining } from './incident-joining.js';
import { IncidentSplitting } from './incident-splitting.js';
import { IncidentSteps } from './incident-steps.js';
import { Incidents } from './incidents.js';
import { Matters } from './matters.js';
import { OrderIntake } from './order-intake.js';
import { OrderLedger } from './order-ledger.js';
import { SensorProof } from './sensor-proof.js';
import { SharedCauses } from './shared-causes.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';
import { WorkOrdersService } from './work-orders.service.js';

const byCategory = new Map(
  domains.flatMap(({ name, workOrders }) =>
    workOrders.map((template) => [template.category, { domain: name, template }] as const),
  ),
);
const templates: WorkOrderTemplates = {
  of: (domain, severity) => domainByName(domain)?.workOrders.find(({ severities }) => severities.includes(severity)),
  named: (category) => byCategory.get(category),
};

const providers = [
  OrderAccess,
  Incidents,
  IncidentSteps,
  IncidentJoining,
  IncidentSplitting,
  IncidentDecisions,
  Matters,
  SharedCauses,
  Dispatcher,
  OrderIntake,
  SensorProof,
  OrderLedger,
  WorkOrdersService,
];

/** Orders and incidents, and what people do with them. Needs the database and the logging module. */
@Module({
  imports: [AlarmsModule, DirectoryModule],
  providers: [...providers, { provide: WORK_ORDER_TEMPLATES, useValue: templates }],
  exports: providers,
})
export class WorkOrdersModule {}
