import { Module } from '@nestjs/common';
import { AlarmWriter } from './alarm-writer.js';
import { AlarmsService } from './alarms.service.js';
import { AlarmReconciler } from './reconcile.js';

/** Alarms and what moves them. Needs the global database, clock and logging modules. */
@Module({
  providers: [AlarmWriter, AlarmsService, AlarmReconciler],
  exports: [AlarmWriter, AlarmsService, AlarmReconciler],
})
export class AlarmsModule {}
