import { Module } from '@nestjs/common';
import { CalendarsModule } from '@sc/features/calendars';
import { DirectoryModule } from '@sc/features/directory';
import { AlarmFollowing } from './alarm-following.js';
import { AlarmGathering } from './alarm-gathering.js';
import { AlarmsWithoutOrder } from './alarms-without-order.js';
import { AttachmentKeeper } from './attachment-keeper.js';
import { ClocklessOrders } from './clockless-orders.js';
import { OnAlarmChanged } from './on-alarm-changed.js';
import { OnAlarmRaised } from './on-alarm-raised.js';
import { OnNotAccepted } from './on-not-accepted.js';
import { OnSideFlowDue } from './on-side-flow-due.js';
import { OrderDeadlines } from './order-deadlines.js';
import { OrderEscalating } from './order-escalating.js';
import { OrderOpening } from './order-opening.js';
import { OverdueDeadlines } from './overdue-deadlines.js';
import { OverdueOrders } from './overdue-orders.js';
import { OverdueSideFlows } from './overdue-side-flows.js';
import { WorkOrdersModule } from './work-orders.module.js';

/** What happens by itself, for the process that runs jobs. Needs the database and the jobs module. */
@Module({
  imports: [WorkOrdersModule, CalendarsModule, DirectoryModule],
  controllers: [OnAlarmRaised, OnAlarmChanged, OnNotAccepted, OnSideFlowDue, OrderDeadlines],
  providers: [
    AttachmentKeeper,
    AlarmFollowing,
    AlarmGathering,
    OrderEscalating,
    OrderOpening,
    ClocklessOrders,
    OverdueOrders,
    OverdueDeadlines,
    OverdueSideFlows,
    AlarmsWithoutOrder,
  ],
})
export class WorkOrderHandlersModule {}
