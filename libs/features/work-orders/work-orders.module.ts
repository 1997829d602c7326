import { Module } from '@nestjs/common';
import { AlarmsModule } from '@sc/features/alarms';
import { DirectoryModule } from '@sc/features/directory';
import { OrderAccess } from './access.js';
import { Incidents } from './incidents.js';
import { OrderLedger } from './order-ledger.js';
import { WorkOrdersService } from './work-orders.service.js';

/** What people do with orders. Needs the database and the logging module. */
@Module({
  imports: [AlarmsModule, DirectoryModule],
  providers: [OrderAccess, Incidents, OrderLedger, WorkOrdersService],
  exports: [OrderAccess, Incidents, OrderLedger, WorkOrdersService],
})
export class WorkOrdersModule {}
