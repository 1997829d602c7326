import { Module } from '@nestjs/common';
import { NotificationHandlersModule } from '@sc/features/notifications';
import { WorkOrderHandlersModule } from '@sc/features/work-orders';

/**
 * Every handler of jobs: incidents, work orders, escalation, notification. Needs the global modules of settings,
 * clock, logging, database and jobs, and an application with a `JobsStrategy`.
 */
@Module({ imports: [WorkOrderHandlersModule, NotificationHandlersModule] })
export class DispatchModule {}
