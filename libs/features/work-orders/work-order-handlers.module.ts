import { Module } from '@nestjs/common';
import { domainByName } from '@sc/domains';
import { DirectoryModule } from '@sc/features/directory';
import { AlarmFollowing } from './alarm-following.js';
import { AlarmGathering } from './alarm-gathering.js';
import { AlarmsWithoutOrder } from './alarms-without-order.js';
import { Dispatcher } from './dispatcher.js';
import { OnAlarmChanged } from './on-alarm-changed.js';
import { OnAlarmRaised } from './on-alarm-raised.js';
import { OnNotAccepted } from './on-not-accepted.js';
import { OrderIntake } from './order-intake.js';
import { OrderOpening } from './order-opening.js';
import { OverdueOrders } from './overdue-orders.js';
import { SensorProof } from './sensor-proof.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';
import { WorkOrdersModule } from './work-orders.module.js';

const templates: WorkOrderTemplates = {
  of: (domain, severity) => domainByName(domain)?.workOrders.find(({ severities }) => severities.includes(severity)),
};

/** What happens by itself, for the process that runs jobs. Needs the database and the jobs module. */
@Module({
  imports: [WorkOrdersModule, DirectoryModule],
  controllers: [OnAlarmRaised, OnAlarmChanged, OnNotAccepted],
  providers: [
    Dispatcher,
    AlarmFollowing,
    AlarmGathering,
    OrderIntake,
    OrderOpening,
    SensorProof,
    OverdueOrders,
    AlarmsWithoutOrder,
    { provide: WORK_ORDER_TEMPLATES, useValue: templates },
  ],
})
export class WorkOrderHandlersModule {}
