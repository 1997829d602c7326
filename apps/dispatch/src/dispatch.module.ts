import { Module } from '@nestjs/common';
import { AlarmHandlersModule } from '@sc/features/alarms';
import { CameraHandlersModule } from '@sc/features/cameras';
import { RotationHandlersModule } from '@sc/features/directory';
import { NotificationHandlersModule } from '@sc/features/notifications';
import { RoundHandlersModule } from '@sc/features/rounds';
import { WorkOrderHandlersModule } from '@sc/features/work-orders';
import { Housekeeper } from './housekeeper.js';

/**
 * Every handler of jobs: silences of alarms, incidents, work orders, escalation, notification, pictures; and housekeeping. Needs the global modules of
 * settings, clock, logging, database, files and jobs, and an application with a `JobsStrategy`.
 */
@Module({
  imports: [
    AlarmHandlersModule,
    WorkOrderHandlersModule,
    RoundHandlersModule,
    NotificationHandlersModule,
    CameraHandlersModule,
    RotationHandlersModule,
  ],
  providers: [Housekeeper],
})
export class DispatchModule {}
