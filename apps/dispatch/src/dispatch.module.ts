import { Module } from '@nestjs/common';
import { AlarmHandlersModule } from '@sc/features/alarms';
import { CameraHandlersModule } from '@sc/features/cameras';
import { RotationHandlersModule } from '@sc/features/directory';
import { EvaluationHandlersModule } from '@sc/features/evaluation';
import { NotificationHandlersModule } from '@sc/features/notifications';
import { ResidentHandlersModule } from '@sc/features/residents';
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
    ResidentHandlersModule,
    NotificationHandlersModule,
    CameraHandlersModule,
    RotationHandlersModule,
    EvaluationHandlersModule,
  ],
  providers: [Housekeeper],
})
export class DispatchModule {}
