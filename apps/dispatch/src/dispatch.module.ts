import { Module } from '@nestjs/common';
import { CameraHandlersModule } from '@sc/features/cameras';
import { NotificationHandlersModule } from '@sc/features/notifications';
import { WorkOrderHandlersModule } from '@sc/features/work-orders';

/**
 * Every handler of jobs: incidents, work orders, escalation, notification, pictures. Needs the global modules of
 * settings, clock, logging, database, files and jobs, and an application with a `JobsStrategy`.
 */
@Module({ imports: [WorkOrderHandlersModule, NotificationHandlersModule, CameraHandlersModule] })
export class DispatchModule {}
