import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { AlarmFollowing } from './alarm-following.js';
import { AlarmGathering } from './alarm-gathering.js';
import { AlarmsWithoutOrder } from './alarms-without-order.js';
import { OnAlarmChanged } from './on-alarm-changed.js';
import { OnAlarmRaised } from './on-alarm-raised.js';
import { OnNotAccepted } from './on-not-accepted.js';
import { OrderOpening } from './order-opening.js';
import { OverdueOrders } from './overdue-orders.js';
import { WorkOrdersModule } from './work-orders.module.js';

/** What happens by itself, for the process that runs jobs. Needs the database and the jobs module. */
@Module({
  imports: [WorkOrdersModule, DirectoryModule],
  controllers: [OnAlarmRaised, OnAlarmChanged, OnNotAccepted],
  providers: [AlarmFollowing, AlarmGathering, OrderOpening, OverdueOrders, AlarmsWithoutOrder],
})
export class WorkOrderHandlersModule {}
